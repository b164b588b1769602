import type { Trial } from "@surql/connection";
import { isView } from "@surql/snapshot";
import { quoteIdentifier } from "@surql/surrealql";

/** A table inside a transaction. */
export interface CountedTable {
  /** `undefined` when the engine could not count them. */
  readonly records: number | undefined;
  readonly isView: boolean;
}

/** Counts the records of every table, ours included, as an open transaction sees them: two round trips. */
export async function countTables(trial: Trial): Promise<ReadonlyMap<string, CountedTable>> {
  const [info] = await trial.query("INFO FOR DB");
  const { tables } = info as { readonly tables: Readonly<Record<string, string>> };
  const names = Object.keys(tables).toSorted();
  const attempts = await trial.attempt(
    names.map((name) => ({ text: `SELECT count() FROM ${quoteIdentifier(name)} GROUP ALL` })),
  );
  return new Map(
    names.map((name, position) => {
      const attempt = attempts[position];
      const records = attempt?.success === true ? countIn(attempt.result) : undefined;
      return [name, { records, isView: isView(tables[name] ?? "") }];
    }),
  );
}

function countIn(result: unknown): number {
  const [row] = result as readonly ({ readonly count: number } | undefined)[];
  return row?.count ?? 0;
}
