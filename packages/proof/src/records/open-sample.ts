import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { computedFields } from "@surql/executor";
import { relinkReferences } from "@surql/executor";
import { mayReadWhole, readLiveSchema } from "@surql/safety-analyzer";
import { captureSchema, isView, tablesOf, type Schema } from "@surql/snapshot";
import { quoteIdentifier } from "@surql/surrealql";

/** Records of a database, to be copied into scratch engines. The database is only read. */
export interface Sample {
  /**
   * Copies what there is of the tables of a schema, as it is: without events, defaults and checks.
   *
   * @returns How many records were copied, by table. Of a table that is missing here, none fits.
   */
  copyInto(scratch: Database, schema: Schema): Promise<ReadonlyMap<string, number>>;
}

/**
 * Opens a sample of a database. Each table is read once.
 *
 * @param limit How many records of each table.
 */
export async function openSample(from: Database, limit: number): Promise<Sample> {
  const live = await captureSchema(from);
  const readable = readLiveSchema(live);
  const known = new Map<string, Promise<readonly unknown[]>>();
  const read = async (table: string): Promise<readonly unknown[]> => {
    const captured = live.tables[table] ?? live.edges[table];
    if (captured === undefined || !mayReadWhole(table, readable)) return [];
    const computed = computedFields(captured).map((name) => quoteIdentifier(name));
    const omit = computed.length === 0 ? "" : ` OMIT ${computed.join(", ")}`;
    const text = `SELECT *${omit} FROM ${quoteIdentifier(table)} LIMIT $limit`;
    const [records] = await from.query(text, { limit });
    return records as readonly unknown[];
  };
  const recordsOf = (table: string): Promise<readonly unknown[]> => {
    const records = known.get(table) ?? read(table);
    known.set(table, records);
    return records;
  };
  return {
    async copyInto(scratch, { tables, edges }) {
      const copied = new Map<string, number>();
      // Edges come last: without its vertex, an edge cannot be reached from it.
      for (const [table, captured] of tablesOf({ tables, edges })) {
        if (isView(captured.definition)) continue;
        const kind = Object.hasOwn(edges, table) ? "RELATION " : "";
        try {
          const records = await recordsOf(table);
          if (records.length === 0) continue;
          const insert = `INSERT ${kind}INTO ${quoteIdentifier(table)} $records RETURN NONE`;
          await scratch.query(`OPTION IMPORT;\n${insert};`, { records });
          copied.set(table, records.length);
        } catch (error) {
          if (!isSurqlError(error) || error.code === "CONNECTION.LOST") throw error;
        }
      }
      // What was copied past the rules is not known to what it refers to: ON DELETE would not find it.
      if (refers(tables) || refers(edges)) await relinkReferences(scratch, [...copied.keys()], {});
      return copied;
    },
  };
}

function refers(tables: Schema["tables"]): boolean {
  return Object.values(tables).some(({ fields }) =>
    Object.values(fields).some((text) => text.includes(" REFERENCE")),
  );
}
