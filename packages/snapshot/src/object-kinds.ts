/** How an object of INFO's kind is called, and where it is found. */
export interface ObjectNaming {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
}

const singular: Readonly<Record<string, string>> = {
  accesses: "access",
  analyzers: "analyzer",
  apis: "api",
  buckets: "bucket",
  configs: "config",
  events: "event",
  fields: "field",
  functions: "function",
  indexes: "index",
  models: "model",
  modules: "module",
  params: "param",
  sequences: "sequence",
  users: "user",
};

/** The kind of what INFO lists under a key; a key that we do not know loses its plural `s`. */
export function kindOf(key: string): string {
  return Object.hasOwn(singular, key) ? singular[key]! : key.replace(/s$/, "");
}

/**
 * Names an object that belongs to the database itself. Functions and params have a sign of their own;
 * the others are led by their kind, since they may be called like a table: `access account`.
 */
export function nameObject(key: string, name: string): ObjectNaming {
  const kind = kindOf(key);
  if (kind === "function") return { kind, name: `fn::${name}`, path: `fn::${name}` };
  if (kind === "param") return { kind, name, path: `$${name}` };
  return { kind, name, path: `${kind} ${name}` };
}

/** Where an object stands in a schema: its table (or `""`), INFO's key for its kind, and its name there. */
export type InfoAddress = readonly [table: string, key: string, name: string];

const keys = new Map(Object.entries(singular).map(([key, kind]) => [kind, key]));

/**
 * Says where an object stands. A table itself is `self` of the kind `definition`.
 *
 * @example
 * ```ts
 * infoAddress({ kind: "function", name: "fn::greet" }); // ["", "functions", "greet"]
 * ```
 */
export function infoAddress(object: {
  readonly kind: string;
  readonly table?: string | undefined;
  readonly name: string;
}): InfoAddress {
  const { kind, table = "", name } = object;
  if (kind === "table" || kind === "edge") return [name, "definition", "self"];
  return [
    table,
    keys.get(kind) ?? `${kind}s`,
    kind === "function" ? name.replace(/^fn::/, "") : name,
  ];
}
