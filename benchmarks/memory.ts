import { join } from "node:path";
import { createSnapshot } from "@surql/snapshot";
import { inChild } from "./harness/in-child.ts";
import { measurePair } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { withFolder } from "./harness/with-folder.ts";
import { defineTables } from "./workload/define-tables.ts";
import { openDatabase } from "./workload/open-database.ts";
import { rawSchemaQuery } from "./workload/raw-schema-query.ts";

/** What a process that opens a store and captures its schema holds at its peak, beside one that sends the raw query. */
export function memory({ runs, quick }: BenchOptions): Promise<readonly Row[]> {
  const tables = quick ? 100 : 5000;
  return withFolder(async (folder) => {
    const url = `surrealkv://${join(folder, "store")}`;
    await inChild("fillStore", { url, tables });
    const pair = await measurePair(
      runs,
      () => inChild("captureForMemory", { url, by: "ours" }),
      () => inChild("captureForMemory", { url, by: "raw" }),
    );
    return [{ what: `peak memory, capture ${tables} tables`, unit: "MB", mark: 1.5, ...pair }];
  });
}

/** Makes the store, in a process of its own: defining tables takes more memory than capturing them. */
export async function fillStore(input: { url: string; tables: number }): Promise<void> {
  await using db = await openDatabase(input.url);
  await defineTables(db, input.tables);
}

/** The most that this process ever held, in MB. */
export async function captureForMemory(input: {
  url: string;
  by: "ours" | "raw";
}): Promise<number> {
  await using db = await openDatabase(input.url);
  await (input.by === "ours"
    ? createSnapshot(db, { version: "bench" })
    : db.client.query(rawSchemaQuery).collect());
  return process.resourceUsage().maxRSS / 1024;
}
