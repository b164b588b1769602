import { serverReason } from "@surql/errors";
import type { Database } from "@surql/connection";
import { clausesOf, quoteIdentifier, significantTokens, unquoteIdentifier } from "@surql/surrealql";
import type { RunOptions } from "../options.ts";

/**
 * Fills the views over tables anew. What is written under `OPTION IMPORT` does not reach them, and the engine refuses
 * the next update of a record that a grouped view does not know (docs/engine.md). It cannot be part of the transaction that
 * writes: a view is filled with committed records. One that cannot be filled is told, and stays as it is.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 */
export async function refreshViews(
  db: Pick<Database, "query">,
  tables: readonly string[],
  { onEvent }: Pick<RunOptions, "onEvent">,
): Promise<void> {
  const [info] = await db.query("INFO FOR DB");
  const definitions = Object.entries((info as { readonly tables: Record<string, string> }).tables);
  for (const [view, definition] of definitions) {
    if (!readsFrom(definition, tables)) continue;
    const overwrite = definition.replace(/^DEFINE TABLE /, "DEFINE TABLE OVERWRITE ");
    try {
      await db.query(overwrite).catch(async () => {
        // On mem a view that holds rows is not overwritten.
        await db.query(`DELETE ${quoteIdentifier(view)} RETURN NONE`);
        await db.query(overwrite);
      });
      onEvent?.({ kind: "view-filled", view });
    } catch (error) {
      onEvent?.({ kind: "view-stale", view, reason: serverReason(error) });
    }
  }
}

/** A name of one of the tables anywhere in the query: one view too many does no harm. */
function readsFrom(definition: string, tables: readonly string[]): boolean {
  const query = clausesOf(definition)["AS"];
  if (query === undefined) return false;
  return significantTokens(query).some(
    ({ kind, text }) =>
      (kind === "word" || kind === "name") && tables.includes(unquoteIdentifier(text)),
  );
}
