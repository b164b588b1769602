import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import type { Schema } from "@surql/snapshot";
import { quoteIdentifier } from "@surql/surrealql";

/**
 * Copies some records of tables from one database into another, as they are: without events, defaults and checks.
 *
 * @returns The tables of which none could be copied, such as one that the engine refuses to read.
 */
export async function copySample(
  from: Database,
  to: Database,
  { tables, edges }: Schema,
  wanted: ReadonlySet<string>,
  limit: number,
): Promise<readonly string[]> {
  const refused: string[] = [];
  // Edges come last: without its vertex, an edge cannot be reached from it.
  for (const table of [...Object.keys(tables), ...Object.keys(edges)]) {
    if (!wanted.has(table)) continue;
    const name = quoteIdentifier(table);
    const kind = Object.hasOwn(edges, table) ? "RELATION " : "";
    try {
      const [records] = await from.query(`SELECT * FROM ${name} LIMIT $limit`, { limit });
      await to.query(`OPTION IMPORT;\nINSERT ${kind}INTO ${name} $records RETURN NONE;`, {
        records,
      });
    } catch (error) {
      if (!isSurqlError(error) || error.code === "CONNECTION.LOST") throw error;
      refused.push(table);
    }
  }
  return refused;
}
