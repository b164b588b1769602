import { quoteIdentifier } from "surql";
import type { Database } from "surql";

/**
 * Everything in a database as text: definitions, records, ledger, events and snapshots. Only the lock is left
 * out, which a run may take and give back.
 */
export async function digest(db: Database): Promise<readonly string[]> {
  const [info] = await db.query("INFO FOR DB");
  const { tables } = info as { readonly tables: Readonly<Record<string, string>> };
  const names = Object.keys(tables)
    .filter((name) => name !== "_migration_lock")
    .toSorted();
  const contents = await db.query(
    names
      .map(quoteIdentifier)
      .map((name) => `INFO FOR TABLE ${name}; RETURN <string>(SELECT * FROM ${name} ORDER BY id);`)
      .join("\n"),
  );
  return [JSON.stringify(info), ...contents.map((content) => JSON.stringify(content))];
}
