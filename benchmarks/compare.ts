import { compareSnapshots, createSnapshot } from "@surql/snapshot";
import type { SchemaSnapshot } from "@surql/snapshot";
import { inChild } from "./harness/in-child.ts";
import { measurePair, moreOfShortWork, timed } from "./harness/measure.ts";
import type { Pair } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { defineTables } from "./workload/define-tables.ts";
import { openDatabase } from "./workload/open-database.ts";
import { tableName } from "./workload/tables.ts";

/** Comparing two snapshots, beside reading the two from their texts with `JSON.parse`. */
export async function compare({ runs, quick }: BenchOptions): Promise<readonly Row[]> {
  const tables = quick ? 200 : 5000;
  const rows: Row[] = [];
  for (const changed of [0, tables / 100, tables / 10]) {
    const pair = await inChild("compareTables", { tables, changed, runs });
    const what = `compare ${tables} tables, ${changed} changed, against JSON.parse`;
    rows.push({ what, unit: "ms", mark: 1, ...pair });
  }
  return rows;
}

/** Two snapshots of one database, before and after some of its tables changed. */
export async function compareTables(input: {
  tables: number;
  changed: number;
  runs: number;
}): Promise<Pair> {
  const { tables, changed, runs } = input;
  const texts = await snapshotTexts(tables, changed);
  const read = () => texts.map((text) => JSON.parse(text) as SchemaSnapshot);
  const [before, after] = read() as [SchemaSnapshot, SchemaSnapshot];
  const ours = () => compareSnapshots(before, after);
  const found = ours().changes.length;
  if (found !== changed * changesPerTable) throw new Error(`${found} changes were found.`);
  return measurePair(
    moreOfShortWork * runs,
    () => timed(ours),
    () => timed(read),
  );
}

async function snapshotTexts(tables: number, changed: number): Promise<readonly string[]> {
  await using db = await openDatabase();
  await defineTables(db, tables);
  const before = await createSnapshot(db, { version: "before" });
  for (let index = 0; index < changed; index += 1) {
    await db.query(changes(tableName((index * tables) / changed)));
  }
  const after = await createSnapshot(db, { version: "after" });
  return [before, after].map((snapshot) => JSON.stringify(snapshot));
}

const changesPerTable = 3;

function changes(table: string): string {
  return `DEFINE FIELD added ON ${table} TYPE int;
    DEFINE FIELD OVERWRITE bio ON ${table} TYPE string;
    REMOVE INDEX name_idx ON ${table}`;
}
