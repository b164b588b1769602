import { isDeepStrictEqual } from "node:util";
import { analyzeSteps, type SafetyVerdict } from "@surql/safety-analyzer";
import { inChild } from "./harness/in-child.ts";
import { measurePair, timed } from "./harness/measure.ts";
import type { Pair } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { withFolder } from "./harness/with-folder.ts";
import { fillCountedTables, lossyScript } from "./workload/counted-tables.ts";
import { openDatabase } from "./workload/open-database.ts";
import { countRaw, type Counts } from "./workload/raw-counts.ts";
import { stores, urlOf } from "./workload/stores.ts";

/** Judging a script that loses something of every kind that is counted, beside counting the same by hand. */
export async function count({ runs, quick }: BenchOptions): Promise<readonly Row[]> {
  const records = quick ? 2000 : 100_000;
  const rows: Row[] = [];
  for (const store of stores) {
    const pair = await withFolder((folder) =>
      inChild("countTables", { url: urlOf(store, folder), records, runs }),
    );
    rows.push({ what: `count over ${records} records, ${store}`, unit: "ms", mark: 1.3, ...pair });
  }
  return rows;
}

/** All counts of one store. Both sides count once before it counts, and must agree. */
export async function countTables(input: {
  url: string;
  records: number;
  runs: number;
}): Promise<Pair> {
  await using db = await openDatabase(input.url);
  await fillCountedTables(db, input.records);
  const statements = lossyScript.map((text) => ({ text, line: 1, column: 1 }));
  const ours = () => analyzeSteps(db, [{ migration: "lossy", statements }]);
  const raw = () => countRaw(db.client);
  refuseOthers(await ours(), await raw());
  return await measurePair(
    input.runs,
    () => timed(ours),
    () => timed(raw),
  );
}

/** Both have to come to the same numbers, those in words included. */
function refuseOthers({ issues }: SafetyVerdict, raw: Counts): void {
  const ours = issues.map(({ affectedData }) => numbersIn(affectedData ?? ""));
  const { removed, links, values, poisoned, typed, required, groups, duplicates, deleted } = raw;
  const fits = 0;
  const expected = [
    [removed, links],
    [values],
    [poisoned],
    [typed],
    [fits],
    [required],
    [groups, duplicates],
    [deleted],
  ];
  if (!isDeepStrictEqual(ours, expected)) {
    throw new Error(`Ours: ${JSON.stringify(ours)}. Raw: ${JSON.stringify(expected)}.`);
  }
}

function numbersIn(text: string): readonly number[] {
  return (text.match(/\d[\d,]*/g) ?? []).map((number) => Number(number.replaceAll(",", "")));
}
