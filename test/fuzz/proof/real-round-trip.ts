import {
  applyMigrations,
  captureSchema,
  compareSchemas,
  createRollbackPlan,
  executeRollback,
  isSurqlError,
  quoteIdentifier,
  type Database,
  type Migration,
  type Schema,
} from "surql";
import { serverReason } from "@surql/errors";

/** What came of applying, rolling back and applying again in earnest. */
export type RealRoundTrip =
  | { readonly kind: "failed"; readonly reason: string }
  | {
      readonly kind: "through";
      /** What of the schema is another one behind down, or behind the second up. */
      readonly schema: readonly string[];
      /** The fields, as `table.field`, and the tables of which a record is not as it was behind down. */
      readonly lost: readonly string[];
      /** The same behind the second up, compared with the first. */
      readonly changed: readonly string[];
    };

/** Carries out the last migration on a database that holds all before it, and records. */
export async function realRoundTrip(
  db: Database,
  migrations: readonly Migration[],
): Promise<RealRoundTrip> {
  const back = migrations.at(-2)?.version ?? "base";
  try {
    const before = await look(db);
    await applyMigrations(db, migrations, { autoSnapshot: false });
    const up = await look(db);
    const plan = await createRollbackPlan(db, migrations, back, { scratch: false });
    const { success, errors } = await executeRollback(db, plan, {
      force: true,
      acceptDifference: true,
    });
    if (!success) return { kind: "failed", reason: errors[0]?.message ?? "" };
    const down = await look(db);
    await applyMigrations(db, migrations, { autoSnapshot: false });
    const again = await look(db);
    return {
      kind: "through",
      schema: [
        ...compareSchemas(before.schema, down.schema),
        ...compareSchemas(up.schema, again.schema),
      ].map(({ path }) => path),
      lost: otherFields(before, down),
      changed: otherFields(up, again),
    };
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    return { kind: "failed", reason: `${error.message} ${serverReason(error)}` };
  }
}

interface Look {
  readonly schema: Schema;
  /** By table and record, then by field, the texts. */
  readonly records: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

type Entry = readonly [id: string, fields: readonly (readonly [name: string, text: string])[]];

async function look(db: Database): Promise<Look> {
  const schema = await captureSchema(db);
  const records = new Map<string, ReadonlyMap<string, string>>();
  for (const [table, { fields }] of Object.entries({ ...schema.tables, ...schema.edges })) {
    const computed = new Set(
      Object.entries(fields).flatMap(([name, text]) =>
        text.includes(" COMPUTED ") ? [name.replaceAll("`", "")] : [],
      ),
    );
    for (const [id, all] of await readRecords(db, table)) {
      const stored = all.filter(([name, text]) => !computed.has(name) && text !== "[NONE]");
      records.set(`${table}\0${id}`, new Map(stored));
    }
  }
  return { schema, records };
}

async function readRecords(db: Database, table: string): Promise<readonly Entry[]> {
  const text = `SELECT VALUE [<string> id, object::entries($this).map(|$e| [$e[0], <string> [$e[1]]])] FROM ${quoteIdentifier(table)}`;
  try {
    const [rows] = await db.query(text);
    return rows as readonly Entry[];
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    // A computed field that fails makes records unreadable.
    return [["unreadable", []]];
  }
}

function otherFields(before: Look, after: Look): readonly string[] {
  const found = new Set<string>();
  for (const key of new Set([...before.records.keys(), ...after.records.keys()])) {
    const [table = ""] = key.split("\0");
    const [old, now] = [before.records.get(key), after.records.get(key)];
    if (old === undefined || now === undefined) {
      found.add(table);
      continue;
    }
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      if (old.get(name) !== now.get(name)) found.add(`${table}.${name}`);
    }
  }
  return [...found];
}
