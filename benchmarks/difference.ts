import { captureSchema, differenceScript, renderScript, type Schema } from "@surql/snapshot";
import { inChild } from "./harness/in-child.ts";
import { median, moreOfShortWork, timed } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { defineTables } from "./workload/define-tables.ts";
import { openDatabase } from "./workload/open-database.ts";

const nothing: Schema = { tables: {}, edges: {}, objects: {} };

/** Finding what is between a schema and none, and writing it as SurrealQL. */
export async function difference({ runs, quick }: BenchOptions): Promise<readonly Row[]> {
  const sizes = quick ? [50, 100, 200] : [1250, 2500, 5000];
  const measured: { readonly tables: number; readonly ours: number }[] = [];
  for (const tables of sizes) {
    measured.push({ tables, ours: await inChild("writeDifference", { tables, runs }) });
  }
  const rows = measured.map(({ tables, ours }): Row => ({
    what: `SurrealQL that builds ${tables} tables`,
    unit: "ms",
    mark: tables / 5,
    ours,
  }));
  const [most, fewer] = [measured.at(-1)!, measured[0]!];
  const times = most.tables / fewer.tables;
  const growth: Row = {
    what: `SurrealQL that builds ${most.tables} tables, against ${times} × ${fewer.tables}`,
    unit: "ms",
    mark: 1.25,
    ours: most.ours,
    raw: times * fewer.ours,
  };
  return [...rows, growth];
}

/** One size: what it takes to write all that is in a database, in milliseconds. */
export async function writeDifference(input: { tables: number; runs: number }): Promise<number> {
  await using db = await openDatabase();
  await defineTables(db, input.tables);
  const schema = await captureSchema(db);
  const write = () => renderScript(differenceScript(nothing, schema));
  const lines = write().split("\n").length;
  if (lines < 10 * input.tables) throw new Error(`${lines} lines were written.`);
  const times: number[] = [];
  for (let run = 0; run < moreOfShortWork * input.runs; run += 1) times.push(await timed(write));
  return median(times);
}
