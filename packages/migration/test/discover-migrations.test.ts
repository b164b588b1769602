import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { discoverMigrations, inspectMigrations } from "../src/index.ts";
import { caught } from "./caught.ts";
import { migrationDirectory, surql } from "./migration-directory.ts";

const up = "-- @up\nRETURN 1;\n";

function emptyModule(version: string): string {
  return `export const metadata = { version: "${version}", description: "x" }; export const up = () => [];`;
}

async function parentsIn(files: Readonly<Record<string, string>>): Promise<unknown> {
  const migrations = await discoverMigrations(await migrationDirectory(files));
  return migrations.map(({ version, parents }) => [version, parents]);
}

describe("a directory", () => {
  test("without migrations is an empty list", async () => {
    expect(await discoverMigrations(await migrationDirectory())).toEqual([]);
  });

  test("may hold other files", async () => {
    const directory = await migrationDirectory({
      "1_a.surql": up,
      "README.md": "",
      "_draft.surql": "",
      "_shared.ts": "throw new Error();",
      ".hidden.surql": "",
      ".20260109_120000.tmp": "",
      "types.d.ts": "",
      "types.d.mts": "",
      "script.cjs": "",
      "1_a.surql~": "",
      "old.surql/1_a.surql": up,
    });
    expect((await discoverMigrations(directory)).map(({ version }) => version)).toEqual(["1"]);
  });

  test("mixes the two formats", async () => {
    expect(
      await parentsIn({ "3_c.mjs": emptyModule("3"), "1_a.surql": up, "2_b.ts": emptyModule("2") }),
    ).toEqual([
      ["1", []],
      ["2", ["1"]],
      ["3", ["2"]],
    ]);
  });

  test("is named by paths that become absolute", async () => {
    const directory = await migrationDirectory({ "1_a.surql": up });
    const [migration] = await discoverMigrations(join(directory, ".", "x", ".."));
    expect(migration?.path).toBe(join(directory, "1_a.surql"));
  });

  test("that does not exist is an error", async () => {
    const directory = join(await migrationDirectory(), "nowhere");
    for (const attempt of [discoverMigrations, inspectMigrations]) {
      expect(await caught(attempt(directory))).toMatchObject({
        code: "MIGRATION.DIRECTORY_NOT_FOUND",
        category: "usage",
        meta: { directory },
      });
    }
  });

  test("that is a file is an error", async () => {
    const directory = join(await migrationDirectory({ "1_a.surql": up }), "1_a.surql");
    expect(await caught(discoverMigrations(directory))).toMatchObject({
      code: "MIGRATION.DIRECTORY_UNREADABLE",
      why: expect.stringContaining("ENOTDIR"),
    });
  });
});

describe("parents", () => {
  test("are the previous version in text order, by code units", async () => {
    expect(
      await parentsIn({
        "10_a.surql": up,
        "9_b.surql": up,
        "v1.2_c.surql": up,
        "v1.10_d.surql": up,
      }),
    ).toEqual([
      ["10", []],
      ["9", ["10"]],
      ["v1.10", ["9"]],
      ["v1.2", ["v1.10"]],
    ]);
  });

  test("make branches and merges where they are named", async () => {
    expect(
      await parentsIn({
        "1_a.surql": up,
        "2_b.surql": up,
        "3_c.surql": surql("-- depends_on: 1"),
        "4_d.surql": surql("-- depends_on: [3, 2]"),
      }),
    ).toEqual([
      ["1", []],
      ["2", ["1"]],
      ["3", ["1"]],
      ["4", ["3", "2"]],
    ]);
  });

  test("come first even when their version is greater", async () => {
    expect(
      await parentsIn({
        "1_a.surql": up,
        "2_b.surql": surql("-- depends_on: 3"),
        "3_c.surql": surql("-- depends_on: 1"),
      }),
    ).toEqual([
      ["1", []],
      ["3", ["1"]],
      ["2", ["3"]],
    ]);
  });
});

describe("a problem between files", () => {
  test("two files of one version", async () => {
    const directory = await migrationDirectory({
      "1_a.surql": up,
      "1_b.surql": up,
      "2_c.surql": up,
    });
    expect(await caught(discoverMigrations(directory))).toMatchObject({
      code: "MIGRATION.DUPLICATE_VERSION",
      message: "Version 1 has 2 files: 1_a.surql, 1_b.surql.",
      meta: {
        versions: ["1"],
        files: [join(directory, "1_a.surql"), join(directory, "1_b.surql")],
      },
    });
  });

  test("a repeated version is seen even when one of its files is wrong", async () => {
    const directory = await migrationDirectory({ "1_a.surql": up, "1_b.surql": "" });
    const { problems } = await inspectMigrations(directory);
    expect(problems.map(({ code }) => code)).toEqual([
      "MIGRATION.MISSING_UP",
      "MIGRATION.DUPLICATE_VERSION",
    ]);
  });

  test("a parent without a file", async () => {
    const directory = await migrationDirectory({
      "1_a.surql": up,
      "2_b.surql": surql("-- depends_on: [0, 1]"),
    });
    expect(await caught(discoverMigrations(directory))).toMatchObject({
      code: "MIGRATION.UNKNOWN_PARENT",
      message: expect.stringContaining("2_b.surql depends on version 0"),
      meta: { versions: ["2", "0"], files: [join(directory, "2_b.surql")] },
    });
  });

  test("a circle", async () => {
    const directory = await migrationDirectory({
      "1_a.surql": up,
      "2_b.surql": surql("-- depends_on: 3"),
      "3_c.surql": surql("-- depends_on: 2"),
    });
    expect(await caught(discoverMigrations(directory))).toMatchObject({
      code: "MIGRATION.CYCLE",
      message: expect.stringContaining("2 → 3 → 2 (2_b.surql, 3_c.surql)"),
      meta: { versions: ["2", "3"] },
    });
  });

  test("a migration that depends on itself", async () => {
    const directory = await migrationDirectory({ "1_a.surql": surql("-- depends_on: 1") });
    expect(await caught(discoverMigrations(directory))).toMatchObject({
      code: "MIGRATION.CYCLE",
      meta: { versions: ["1"] },
    });
  });

  test("what a broken file is a parent of is not called an orphan", async () => {
    const directory = await migrationDirectory({
      "1_a.surql": "",
      "2_b.surql": "",
      "3_c.surql": surql("-- depends_on: [1, 2]"),
    });
    const { migrations, problems } = await inspectMigrations(directory);
    expect(problems.map(({ code }) => code)).toEqual([
      "MIGRATION.MISSING_UP",
      "MIGRATION.MISSING_UP",
    ]);
    expect(migrations.map(({ version }) => version)).toEqual(["3"]);
  });
});

test("what a broken file depends on is not guessed", async () => {
  // In text order 1 would be the parent of 2, and that a circle.
  const directory = await migrationDirectory({
    "1_a.surql": surql("-- depends_on: 2"),
    "2_b.surql": "",
  });
  const { problems } = await inspectMigrations(directory);
  expect(problems.map(({ code }) => code)).toEqual(["MIGRATION.MISSING_UP"]);
});

test("all problems of all files are found at once, and what is sound is there", async () => {
  const directory = await migrationDirectory({
    "1_a.surql": up,
    "2_b.surql": surql("-- version: 3"),
    "4_d.surql": Buffer.from([0x2d, 0x2d, 0xff]),
    "5_e.mjs": "throw new Error('no');",
    "6_f.surql": surql("-- depends_on: 9"),
    "7_g.surql": "-- @up\nRETURN 'it",
    "notes.ts": "globalThis.surqlNotesRan = true;",
  });
  await symlink(join(directory, "nowhere"), join(directory, "8_h.surql"));
  const { migrations, problems } = await inspectMigrations(directory);
  expect(migrations.map(({ version }) => version)).toEqual(["1", "6"]);
  expect(
    problems.map(({ code, files }) => [
      code,
      files.map((file) => file.slice(directory.length + 1)),
    ]),
  ).toEqual([
    ["MIGRATION.VERSION_MISMATCH", ["2_b.surql"]],
    ["MIGRATION.INVALID_ENCODING", ["4_d.surql"]],
    ["MIGRATION.MODULE_FAILED", ["5_e.mjs"]],
    ["MIGRATION.INVALID_STATEMENT", ["7_g.surql"]],
    ["MIGRATION.FILE_UNREADABLE", ["8_h.surql"]],
    ["MIGRATION.INVALID_NAME", ["notes.ts"]],
    ["MIGRATION.UNKNOWN_PARENT", ["6_f.surql"]],
  ]);
  for (const { message, nextActions } of problems) {
    expect(message).toMatch(/\.$/);
    expect(nextActions).not.toEqual([]);
  }
  expect("surqlNotesRan" in globalThis).toBe(false);

  const error = await caught(discoverMigrations(directory));
  expect(error).toMatchObject({ code: "MIGRATION.INVALID", category: "usage", meta: { problems } });
  expect(error.message.split("\n")).toHaveLength(8);
});
