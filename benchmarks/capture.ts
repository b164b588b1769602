import { createSnapshot } from "@surql/snapshot";
import { inChild } from "./harness/in-child.ts";
import { measurePair, moreOfShortWork, timed } from "./harness/measure.ts";
import type { Pair } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { defineTables } from "./workload/define-tables.ts";
import { openDatabase } from "./workload/open-database.ts";
import { rawSchemaQuery } from "./workload/raw-schema-query.ts";

const sizes = [10, 100, 1000, 5000];
const quickSizes = [10, 50];
const mark = 1.25;

/** Taking a snapshot, beside the raw query that asks for the whole schema in one round trip. */
export async function capture({ runs, quick }: BenchOptions): Promise<readonly Row[]> {
  const measured: { readonly tables: number; readonly pair: Pair }[] = [];
  for (const tables of quick ? quickSizes : sizes) {
    measured.push({ tables, pair: await inChild("captureTables", { tables, runs }) });
  }
  const rows = measured.map(({ tables, pair }): Row => ({
    what: `capture ${tables} tables`,
    unit: "ms",
    mark,
    ...pair,
  }));
  const [most, fewer] = measured.toReversed();
  if (most === undefined || fewer === undefined) return rows;
  const times = most.tables / fewer.tables;
  const growth: Row = {
    what: `capture ${most.tables} tables, against ${times} × ${fewer.tables}`,
    unit: "ms",
    mark,
    ours: most.pair.ours,
    raw: times * fewer.pair.ours,
  };
  return [...rows, growth];
}

/** One size. Both sides ask once before it counts. */
export async function captureTables(input: { tables: number; runs: number }): Promise<Pair> {
  await using db = await openDatabase();
  await defineTables(db, input.tables);
  const ours = () => createSnapshot(db, { version: "bench" });
  const raw = () => db.client.query(rawSchemaQuery).collect();
  await ours();
  await raw();
  return await measurePair(
    input.tables < 1000 ? moreOfShortWork * input.runs : input.runs,
    () => timed(ours),
    () => timed(raw),
  );
}
