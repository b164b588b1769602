import type { Migration } from "@surql/migration";
import { captureSchema, differenceScript, emptySchema, tablesOf } from "@surql/snapshot";
import { linkedRecord } from "./linked-migrations.ts";
import { openDatabase } from "./open-database.ts";
import { applyRaw } from "./raw-migration.ts";

/** A migration, and the text that makes what it finds. */
export interface RawGround {
  readonly migration: Migration;
  readonly text: string;
}

const perTable = 3;

/**
 * Says how to make by hand what each of the linked migrations finds: all tables before it, and three records in each. These
 * are made when their table is, and go through all migrations behind it.
 */
export async function rawGrounds(migrations: readonly Migration[]): Promise<readonly RawGround[]> {
  await using db = await openDatabase();
  const filled = new Set<string>();
  const grounds: RawGround[] = [];
  for (const migration of migrations) {
    const schema = await captureSchema(db);
    const statements = differenceScript(emptySchema, schema).statements.map(({ text }) => text);
    for (const table of tablesOf(schema).keys()) {
      const made = Array.from({ length: perTable }, (_, at) => linkedRecord(table, at));
      for (const text of filled.has(table) ? [] : made) await db.query(text);
      filled.add(table);
      const [rows] = await db.query(`SELECT VALUE <string> $this FROM ${table}`);
      const kind = Object.hasOwn(schema.edges, table) ? "RELATION " : "";
      if (made[0] !== "") {
        statements.push(
          ...(rows as readonly string[]).map(
            (row) => `INSERT ${kind}INTO ${table} ${row} RETURN NONE`,
          ),
        );
      }
    }
    grounds.push({ migration, text: `OPTION IMPORT;\n${statements.join(";\n")}` });
    await applyRaw(db.client, migration);
  }
  return grounds;
}
