import type { Database } from "@surql/connection";
import { expect, test } from "vitest";
import { createSnapshot, listSnapshots, pruneSnapshots, storeSnapshot } from "../src/index.ts";
import { caught } from "./caught.ts";
import { openDatabase } from "./open-database.ts";

const day = 24 * 60 * 60 * 1000;
const now = (): Date => new Date("2026-01-10T00:00:00Z");

/** Snapshots 1 to 5, made on the 5th to the 9th of January. */
async function storeFive(db: Database): Promise<void> {
  for (const number of [3, 1, 5, 2, 4]) {
    const at = new Date(`2026-01-0${number + 4}T00:00:00Z`);
    await storeSnapshot(db, await createSnapshot(db, { version: String(number), now: () => at }));
  }
}

test.each([
  [{ keep: 2 }, ["1", "2", "3"]],
  [{ keep: 0 }, ["1", "2", "3", "4", "5"]],
  [{ keep: 9 }, []],
  [{ olderThan: 3 * day }, ["1", "2"]],
  [{ olderThan: 0 }, ["1", "2", "3", "4", "5"]],
  [{ olderThan: new Date("2026-01-08T00:00:00Z") }, ["1", "2", "3"]],
  [{ olderThan: new Date("1970-01-01T00:00:00Z") }, []],
  [{ keep: 4, olderThan: 2 * day }, ["1"]],
  [{ keep: 1, olderThan: 3 * day }, ["1", "2"]],
])("%o deletes %o, and nothing else", async (options, deleted) => {
  await using db = await openDatabase();
  await storeFive(db);
  expect(await pruneSnapshots(db, { ...options, now })).toEqual(deleted);
  const left = (await listSnapshots(db)).map(({ version }) => version);
  expect(left).toEqual(["1", "2", "3", "4", "5"].filter((version) => !deleted.includes(version)));
});

test.each([
  {},
  { keep: undefined, olderThan: undefined },
  { keep: -1 },
  { keep: 1.5 },
  { keep: Number.NaN },
  { keep: 1, olderThan: -1 },
  { olderThan: Number.POSITIVE_INFINITY },
  { olderThan: new Date("never") },
])("%o is refused, and nothing is deleted", async (options) => {
  await using db = await openDatabase();
  await storeFive(db);
  const error = await caught(() => pruneSnapshots(db, options));
  expect(error.code).toBe("SNAPSHOT.INVALID_PRUNE_OPTIONS");
  expect(await listSnapshots(db)).toHaveLength(5);
});

test("a database without snapshots has nothing to prune", async () => {
  await using db = await openDatabase();
  expect(await pruneSnapshots(db, { keep: 0 })).toEqual([]);
});
