import type { Database } from "@surql/connection";
import { ensureLedger } from "@surql/history";

/** An entry of the quarantine, as a rollback writes it (docs/formats.md). */
export interface Kept {
  readonly id: string;
  readonly kind: "table" | "edges" | "field" | "records";
  readonly table: string;
  /** SurrealQL of each data row's items. */
  readonly items: readonly string[];
  readonly count: number;
  readonly more?: string;
  readonly migration?: string;
  readonly event?: string;
  readonly sequence?: number;
  readonly relation?: boolean;
}

/** Writes an entry. */
export async function keep(db: Database, entry: Kept): Promise<void> {
  await ensureLedger(db);
  const { id, kind, table, items, count, more = "", migration = "1", event = "e1" } = entry;
  const { sequence = 0, relation = false } = entry;
  await db.query(
    `CREATE _rollback_quarantine:${id} CONTENT object::extend({ kind: "${kind}", state: "kept", event: "${event}", ` +
      `migration: "${migration}", sequence: ${sequence}, table: $table, count: ${count}, rows: ${items.length}, ` +
      `kept_at: time::now() }, {${more}})`,
    { table },
  );
  for (const [n, text] of items.entries()) {
    await db.query(
      `CREATE _rollback_quarantine:["${id}", ${n}] CONTENT { items: ${text}, relation: ${relation} }`,
    );
  }
}
