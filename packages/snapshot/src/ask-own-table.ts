import type { Bindings } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import type { SchemaReader } from "./schema-reader.ts";

/**
 * Runs one statement about one of our tables; `undefined` when the table was never made.
 * 3.x refuses to touch a table that does not exist, 2.x takes it as empty.
 */
export async function askOwnTable(
  reader: SchemaReader,
  table: string,
  statement: string,
  bindings?: Bindings,
): Promise<unknown> {
  try {
    const [answer] = await reader.query(statement, bindings);
    return answer;
  } catch (error) {
    if (isSurqlError(error) && error.code === "CONNECTION.QUERY_FAILED") {
      const [info] = await reader.query("INFO FOR DB");
      const { tables } = info as { readonly tables: object };
      if (!Object.hasOwn(tables, table)) return undefined;
    }
    throw error;
  }
}
