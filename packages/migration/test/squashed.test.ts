import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { createMigration, discoverMigrations, inspectMigrations } from "../src/index.ts";
import { caught } from "./caught.ts";
import { migrationDirectory, surql } from "./migration-directory.ts";

const up = "-- @up\nRETURN 1;\n";

test("the files that a squash stands for may stay beside it, and are not read", async () => {
  const directory = await migrationDirectory({
    "1_a.surql": up,
    "2_b.surql": up,
    "3_c.surql": up,
    "4_d.surql": up,
  });
  const { path, migration } = await createMigration({
    directory,
    name: "squashed a to c",
    now: new Date(),
    dependsOn: ["1"],
    replaces: ["2", "3"],
    up: ["DEFINE TABLE a"],
    down: ["REMOVE TABLE a"],
  });
  expect(path).toMatch(/3_squashed_a_to_c\.surql$/);
  expect(migration).toMatchObject({ version: "3", dependsOn: ["1"], replaces: ["2", "3"] });
  const found = await discoverMigrations(directory);
  expect(found.map(({ version, parents, replaces }) => [version, parents, replaces])).toEqual([
    ["1", [], undefined],
    ["3", ["1"], ["2", "3"]],
    ["4", ["3"], undefined],
  ]);
  const again = createMigration({
    directory,
    name: "squashed a to c",
    now: new Date(),
    replaces: ["2", "3"],
  });
  expect(await caught(again)).toMatchObject({ code: "MIGRATION.WRITE_FAILED" });
  expect((await readdir(directory)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a squash that another one stands for is left out as well", async () => {
  const directory = await migrationDirectory({
    "1_a.surql": up,
    "2_ab.surql": surql("-- replaces: [1, 2]"),
    "3_abc.surql": surql("-- replaces: [1, 2, 3]"),
    "3_c.surql": up,
  });
  const found = await discoverMigrations(directory);
  expect(found.map(({ path, parents }) => [path.slice(directory.length + 1), parents])).toEqual([
    ["3_abc.surql", []],
  ]);
});

test("what builds on the middle of a squash is told what stands there now", async () => {
  const directory = await migrationDirectory({
    "2_ab.surql": surql("-- replaces: [1, 2]"),
    "3_c.surql": surql("-- depends_on: [1]"),
  });
  const { problems } = await inspectMigrations(directory);
  expect(problems).toMatchObject([
    {
      code: "MIGRATION.UNKNOWN_PARENT",
      nextActions: [expect.stringContaining("The squash 2 stands for it")],
    },
  ]);
});

test("a squash takes a version of those that it stands for", async () => {
  const directory = await migrationDirectory({
    "3_abc.surql": surql("-- replaces: [1, 2]"),
    "4_d.mjs":
      "export const metadata = { version: '4', description: 'x', replaces: '4' }; export const up = () => [];",
  });
  const { problems } = await inspectMigrations(directory);
  expect(problems).toMatchObject([
    {
      code: "MIGRATION.INVALID_METADATA",
      message: expect.stringContaining("does not name 3 itself"),
    },
    {
      code: "MIGRATION.INVALID_METADATA",
      message: expect.stringContaining("not a list of versions"),
    },
  ]);
});
