import type { Database } from "@surql/connection";

export type Row = Readonly<Record<string, unknown>>;

/** Everything that a rollback could take away. */
export interface Observation {
  readonly tables: ReadonlyMap<string, ObservedTable>;
  /** `$limit`, `sequence numbers`: what holds state beside tables. */
  readonly objects: ReadonlySet<string>;
  /** `user for select`, `user.bio for update`, `fn::greet`: `true`, `false`, or a condition. */
  readonly permissions: ReadonlyMap<string, unknown>;
}

interface ObservedTable {
  readonly fields: ReadonlySet<string>;
  /** Those of them that are computed when they are read. */
  readonly computed: ReadonlySet<string>;
  readonly discards: boolean;
  /** By record id. */
  readonly records: ReadonlyMap<string, Row>;
  /** What becomes of each record by an `UPDATE` that changes nothing; it is missing where that is refused. */
  readonly updated: ReadonlyMap<string, Row>;
  /** The fields of records that READONLY keeps as they are, as `user:1 bio`. */
  readonly frozen: ReadonlySet<string>;
}

/** The objects beside tables that hold state or permissions, and how their paths begin. */
const withState: ReadonlyMap<string, string> = new Map([
  ["accesses", "access "],
  ["apis", "api "],
  ["functions", "fn::"],
  ["params", "$"],
  ["sequences", "sequence "],
  ["users", "user "],
]);

interface Definition {
  readonly name: string;
  /** The name of an API. */
  readonly path?: string;
  readonly drop?: boolean;
  readonly computed?: unknown;
  readonly permissions?: unknown;
}

/** Reads everything there is, and tries to write to every record. Leaves no trace. */
export async function observeDatabase(db: Database): Promise<Observation> {
  const [info] = (await db.query("INFO FOR DB STRUCTURE")) as readonly [
    Readonly<Record<string, readonly Definition[]>>,
  ];
  const permissions = new Map<string, unknown>();
  const objects = new Set<string>();
  for (const [kind, path] of withState) {
    for (const one of info[kind] ?? []) {
      const name = path + (one.name ?? one.path);
      if (kind !== "functions") objects.add(name);
      readPermissions(name, one.permissions, permissions);
    }
  }
  const tables = new Map<string, ObservedTable>();
  for (const table of info["tables"] ?? []) {
    readPermissions(table.name, table.permissions, permissions);
    tables.set(table.name, await observeTable(db, table, permissions));
  }
  return { tables, objects, permissions };
}

async function observeTable(
  db: Database,
  { name, drop }: Definition,
  permissions: Map<string, unknown>,
): Promise<ObservedTable> {
  const quoted = `\`${name.replace(/[\\`]/g, "\\$&")}\``;
  const [{ fields }, rows] = (await db.query(
    `INFO FOR TABLE ${quoted} STRUCTURE; SELECT * FROM ${quoted}`,
  )) as readonly [{ readonly fields: readonly Definition[] }, readonly Row[]];
  for (const field of fields) {
    readPermissions(`${name}.${field.name}`, field.permissions, permissions);
  }
  return {
    fields: new Set(fields.map((field) => field.name)),
    computed: new Set(fields.filter(({ computed }) => computed).map((field) => field.name)),
    discards: drop === true,
    records: byId(rows),
    updated: await tryUpdates(db, rows),
    frozen: await tryChanges(db, rows),
  };
}

function byId(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [String(row["id"]), row]));
}

async function tryUpdates(db: Database, rows: readonly Row[]): Promise<ReadonlyMap<string, Row>> {
  const script = rows.map((_, at) => ({ text: `UPDATE $ids[${at}]` }));
  const attempts = await db.rehearse((trial) =>
    trial.attempt(script, { ids: rows.map(({ id }) => id) }),
  );
  return byId(attempts.flatMap((one) => (one.success ? (one.result as readonly Row[]) : [])));
}

/** Fields that nobody writes. */
const fixed: ReadonlySet<string> = new Set(["id", "in", "out"]);

async function tryChanges(db: Database, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  const samples = new Map(
    rows.flatMap((row) => Object.entries(row).filter(([field]) => !fixed.has(field))),
  );
  // A record without a value is given one: READONLY refuses that too.
  const changes = rows.flatMap((row) =>
    Array.from(samples, ([field, value]) => ({ id: row["id"], field, other: another(value) })),
  );
  const script = changes.map(({ field }, at) => ({
    text: `UPDATE $changes[${at}].id SET \`${field}\` = $changes[${at}].other`,
  }));
  const attempts = await db.rehearse((trial) => trial.attempt(script, { changes }));
  return new Set(
    attempts.flatMap((one, at) => {
      const isFrozen = !one.success && /readonly/.test(String(one.error.meta["reason"]));
      return isFrozen ? [`${String(changes[at]!.id)} ${changes[at]!.field}`] : [];
    }),
  );
}

/** Another value, of the same kind where that is easy. */
function another(value: unknown): unknown {
  if (typeof value === "number") return value + 1_000_003;
  if (typeof value === "string") return `${value} changed`;
  return typeof value === "boolean" ? !value : undefined;
}

function readPermissions(path: string, found: unknown, into: Map<string, unknown>): void {
  if (typeof found !== "object" || found === null) into.set(path, found ?? true);
  else {
    for (const [action, rule] of Object.entries(found)) into.set(`${path} for ${action}`, rule);
  }
}
