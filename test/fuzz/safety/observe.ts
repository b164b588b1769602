import type { Database } from "@surql/connection";
import { acceptedWrites } from "./accepted-writes.ts";
import { readContents } from "./read-contents.ts";
import type { Contents } from "./read-contents.ts";

/** All that a rollback could take away from the people who use a database. */
export interface Observation extends Contents {
  /** The writes that the database takes, as `user:1` or `user:1 SET bio`. */
  readonly writes: ReadonlySet<string>;
}

/**
 * Reads everything, and tries to write to every record inside of transactions that are cancelled.
 *
 * @param before What was observed before, when this is to be compared with it.
 */
export async function observe(db: Database, before?: Observation): Promise<Observation> {
  const contents = await readContents(db);
  const { rows, views, watched } = contents;
  // 3.0.2 refuses whatever changes a record that is older than a view which groups it: what it takes there all
  // the same, because it changes nothing, is no write that could be lost.
  const judged = [...rows].filter(
    ([table]) => !views.some((query) => query.includes("GROUP") && query.includes(table)),
  );
  const writes = new Set<string>();
  for (const [table, found] of judged) {
    for (const write of await acceptedWrites(db, found, (before?.watched ?? watched).has(table)))
      writes.add(write);
  }
  return { ...contents, writes };
}
