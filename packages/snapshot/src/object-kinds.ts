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
