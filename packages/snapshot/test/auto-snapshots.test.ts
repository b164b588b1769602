import { expect, test } from "vitest";
import { disableAutoSnapshots, enableAutoSnapshots, isAutoSnapshotEnabled } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";

test("auto-snapshots are a switch of one connection", async () => {
  await using one = await openDatabase();
  await using other = await openDatabase();
  expect(isAutoSnapshotEnabled(one)).toBe(false);
  enableAutoSnapshots(one);
  enableAutoSnapshots(one);
  expect(isAutoSnapshotEnabled(one)).toBe(true);
  expect(isAutoSnapshotEnabled(other)).toBe(false);
  disableAutoSnapshots(one);
  expect(isAutoSnapshotEnabled(one)).toBe(false);
});
