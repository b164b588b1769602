import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checksumOf, loadMigration } from "../src/index.ts";
import type { Migration } from "../src/index.ts";
import { caught } from "./caught.ts";
import { migrationDirectory } from "./migration-directory.ts";

const name = "20260109_120000_add_bio.surql";

async function load(content: string | Uint8Array, file = name): Promise<Migration> {
  return loadMigration(join(await migrationDirectory({ [file]: content }), file));
}

async function problemOf(content: string | Uint8Array, file = name): Promise<unknown> {
  return caught(load(content, file));
}

const full = `-- @metadata
-- version: 20260109_120000
-- description: Add bio to user
-- author: surql
-- depends_on: [20260108_120000, 20260107_120000]
-- irreversible: what people wrote cannot come back
-- transaction: none
-- @up
DEFINE FIELD bio ON TABLE user TYPE option<string>;
-- @down
  REMOVE FIELD bio ON TABLE user;
`;

describe("a .surql file", () => {
  test("holds metadata and statements with their place in the file", async () => {
    const directory = await migrationDirectory({ [name]: full });
    const path = join(directory, name);
    expect(await loadMigration(path)).toEqual({
      version: "20260109_120000",
      description: "Add bio to user",
      author: "surql",
      dependsOn: ["20260108_120000", "20260107_120000"],
      parents: ["20260108_120000", "20260107_120000"],
      path,
      format: "surql",
      checksum: checksumOf(await readFile(path)),
      up: [{ text: "DEFINE FIELD bio ON TABLE user TYPE option<string>", line: 9, column: 1 }],
      down: [{ text: "REMOVE FIELD bio ON TABLE user", line: 11, column: 3 }],
      irreversible: "what people wrote cannot come back",
      transaction: "none",
    });
  });

  test("needs nothing but an up section: the name says the rest", async () => {
    expect(await load("-- @up\nRETURN 1", "20260109_120000_add-the__bio.surql")).toMatchObject({
      version: "20260109_120000",
      description: "add the bio",
      author: undefined,
      dependsOn: undefined,
      parents: [],
      up: [{ text: "RETURN 1", line: 2, column: 1 }],
      down: [],
      irreversible: undefined,
      transaction: "required",
    });
  });

  test("is frozen, down to its statements", async () => {
    const migration = await load(full);
    const parts = [
      migration,
      migration.up,
      migration.down,
      migration.parents,
      migration.dependsOn,
      ...migration.up,
      ...migration.down,
    ];
    for (const part of parts) expect(Object.isFrozen(part)).toBe(true);
  });

  test.each([
    ["missing", "-- @up\nRETURN 1;"],
    ["empty", "-- @up\nRETURN 1;\n-- @down"],
    [
      "only comments",
      "-- @up\nRETURN 1;\n-- @down\n-- REMOVE TABLE user;\n/* nor this; */ # nor that;\n;;",
    ],
  ])("has no down statements when the section is %s", async (_, content) => {
    expect((await load(content)).down).toEqual([]);
  });

  test.each([
    ["[a1, b2]", ["a1", "b2"]],
    ["a1, b2", ["a1", "b2"]],
    ["a1,b2,", ["a1", "b2"]],
    ["[\"a1\", 'b2']", ["a1", "b2"]],
    ["a1", ["a1"]],
    ["[]", undefined],
    ["", undefined],
  ])("reads depends_on: %s", async (text, dependsOn) => {
    const migration = await load(`-- @metadata\n-- depends_on: ${text}\n-- @up\n`);
    expect(migration.dependsOn).toEqual(dependsOn);
    expect(migration.parents).toEqual(dependsOn ?? []);
  });

  test("reads keys however they are written, and ignores others", async () => {
    const content =
      "-- @metadata\n--Description : It's: fine  \n-- dependsOn: a\n-- ticket: 12\n-- note\n-- @author: ada\n-- @up\n";
    expect(await load(content)).toMatchObject({
      description: "It's: fine",
      dependsOn: ["a"],
      author: "ada",
    });
  });

  test("reads only @-keys above the first section, and none in the statements", async () => {
    const content =
      "-- description: A comment\n-- @author: ada\n-- @up\n-- @description: Another\nRETURN 1;\n";
    expect(await load(content)).toMatchObject({ description: "add bio", author: "ada" });
  });

  test("takes a marker only for one when the line holds nothing else and is no part of a text", async () => {
    const content = [
      "/* Not here:",
      "-- @up",
      "*/",
      "  --@Up  ",
      "RETURN 'a",
      "-- @down",
      "b';",
      "RETURN `c",
      "-- @down",
      "d`; -- @down",
      "/*",
      "-- @down",
      "*/ -- @down",
      "RETURN 2; -- @down",
      "-- @down and out",
      "RETURN 3;",
      "\t-- @down",
      "RETURN 4;",
    ].join("\n");
    const { up, down } = await load(content);
    expect(up.map(({ text, line }) => [text, line])).toEqual([
      ["RETURN 'a\n-- @down\nb'", 5],
      ["RETURN `c\n-- @down\nd`", 8],
      ["RETURN 2", 14],
      ["RETURN 3", 16],
    ]);
    expect(down).toEqual([{ text: "RETURN 4", line: 18, column: 1 }]);
  });

  test("may have its sections in any order, and more than once", async () => {
    const { up, down } = await load("-- @down\nRETURN 1;\n-- @up\nRETURN 2\n-- @up\nRETURN 3");
    expect(up.map(({ text }) => text)).toEqual(["RETURN 2", "RETURN 3"]);
    expect(down.map(({ text }) => text)).toEqual(["RETURN 1"]);
  });

  test("is the same with CRLF and with a byte order mark, but for the mark's checksum", async () => {
    const { path: _, ...plain } = await load(full);
    const { path: __, ...crlf } = await load(full.replaceAll("\n", "\r\n"));
    expect(crlf).toEqual(plain);
    const { path: ___, ...marked } = await load(`\uFEFF${full}`);
    expect(marked).toEqual({ ...plain, checksum: marked.checksum });
    expect(marked.checksum).not.toBe(plain.checksum);
  });

  test("keeps blocks, functions and regular expressions whole", async () => {
    const statements = [
      "DEFINE FUNCTION fn::a($x: string) {\n  LET $y = $x.replace(/;'/, ';');\n  -- it's; fine\n  RETURN $y;\n}",
      "FOR $i IN 1..3 { CREATE person; }",
      "DEFINE EVENT e ON t WHEN $before != $after THEN { CREATE log; }",
    ];
    const { up } = await load(`-- @up\n${statements.join(";\n")};`);
    expect(up.map(({ text }) => text)).toEqual(statements);
  });
});

describe("a version", () => {
  test.each([
    ["0001_init.surql", "0001"],
    ["v1.2_init.surql", "v1.2"],
    ["20260109_120000_x.surql", "20260109_120000"],
    ["2026-01-09_x.surql", "2026-01-09"],
  ])("is taken from the name %s", async (file, version) => {
    expect((await load("-- @up", file)).version).toBe(version);
  });

  test.each([
    ["alpha_init.surql", "alpha"],
    ["2026_01_init.surql", "2026_01"],
    ["20260109_1200_init.surql", "20260109_1200"],
  ])("of another shape is declared: %s", async (file, version) => {
    expect(await load(`-- @metadata\n-- version: ${version}\n-- @up`, file)).toMatchObject({
      version,
      description: "init",
    });
  });
});

describe("a file that is wrong", () => {
  test.each([
    "notes.surql",
    "create_user.surql",
    "0001.surql",
    "0001_.surql",
    "20260109_120000.surql",
    "20260109_1200_x.surql",
  ])("is named %s", async (file) => {
    expect(await problemOf("-- @up", file)).toMatchObject({
      code: "MIGRATION.INVALID_NAME",
      category: "usage",
      message: expect.stringContaining(file),
    });
  });

  test.each([
    ["20260109_120001", name],
    ["20260109", "2026_x.surql"],
    ["1", "10_x.surql"],
  ])("declares version %s in %s", async (version, file) => {
    expect(await problemOf(`-- @metadata\n-- version: ${version}\n-- @up`, file)).toMatchObject({
      code: "MIGRATION.VERSION_MISMATCH",
      meta: { versions: [version] },
    });
  });

  test.each(["base", "live", "Base"])("has the reserved version %s", async (version) => {
    const content = `-- @metadata\n-- version: ${version}\n-- @up`;
    expect(await problemOf(content, `${version}_x.surql`)).toMatchObject({
      code: "MIGRATION.RESERVED_VERSION",
    });
  });

  test.each([
    ["-- transaction: maybe", "transaction"],
    ["-- irreversible:", "irreversible"],
    ["-- version: a b", "version"],
    ["-- depends_on: [a b]", "dependsOn"],
  ])("declares %s", async (line, key) => {
    expect(await problemOf(`-- @metadata\n${line}\n-- @up`)).toMatchObject({
      code: "MIGRATION.INVALID_METADATA",
      message: expect.stringContaining(`${key} in the metadata`),
      meta: { line: 2 },
    });
  });

  test("has no up section", async () => {
    expect(await problemOf("RETURN 1; -- @up\n")).toMatchObject({ code: "MIGRATION.MISSING_UP" });
    expect(await problemOf("")).toMatchObject({ code: "MIGRATION.MISSING_UP" });
  });

  test("has a statement that belongs to no section", async () => {
    const content = "-- a note\n  DEFINE TABLE t;\n-- @up\n";
    expect(await problemOf(content)).toMatchObject({
      code: "MIGRATION.STATEMENT_OUTSIDE_SECTION",
      meta: { line: 2, column: 3 },
    });
  });

  test("has another marker in the place of `-- @down`", async () => {
    const content = "-- @up\nDEFINE TABLE t;\n-- @rollback\nREMOVE TABLE t;\n";
    expect(await problemOf(content)).toMatchObject({
      code: "MIGRATION.UNKNOWN_SECTION",
      message: expect.stringContaining("-- @rollback"),
      meta: { line: 3 },
    });
    expect((await load(`${content}-- @down\n`)).up).toHaveLength(2);
  });

  test.each([
    ["RETURN 'it", 8, "a string"],
    ['RETURN r"it', 8, "a string"],
    ["RETURN `it", 8, "a quoted name"],
    ["RETURN ⟨it", 8, "a quoted name"],
    ["RETURN $`it", 8, "a quoted name"],
    ["RETURN 1; /* it", 11, "a comment"],
    ["RETURN /it", 8, "a regular expression"],
    ["RETURN function() { it", 19, "a script"],
  ])("does not end %s", async (statement, column, what) => {
    expect(await problemOf(`-- @up\nRETURN 1;\n${statement};\n-- @down\nRETURN 2;`)).toMatchObject({
      code: "MIGRATION.INVALID_STATEMENT",
      message: expect.stringContaining(`${what} that begins here never ends`),
      meta: { line: 3, column },
    });
  });

  test("leaves the judgement of single characters to the engine", async () => {
    expect((await load("-- @up\nRETURN ^")).up).toHaveLength(1);
  });

  test("is not UTF-8, in a line that is named", async () => {
    const latin = Buffer.from("-- @up\nRETURN 1;\nRETURN 'é';\n", "latin1");
    expect(await problemOf(latin)).toMatchObject({
      code: "MIGRATION.INVALID_ENCODING",
      meta: { line: 3 },
    });
    const cut = Buffer.from("-- @up\nRETURN 'é").subarray(0, -1);
    expect(await problemOf(cut)).toMatchObject({
      code: "MIGRATION.INVALID_ENCODING",
      meta: { line: 2 },
    });
  });

  test("is not there", async () => {
    const path = join(await migrationDirectory(), name);
    expect(await caught(loadMigration(path))).toMatchObject({
      code: "MIGRATION.FILE_UNREADABLE",
      why: expect.stringContaining("ENOENT"),
    });
  });

  test("shows no literal of a statement in its error", async () => {
    const error = await problemOf("-- @up\nDEFINE USER ada ON DATABASE PASSWORD 'tiger");
    expect(JSON.stringify(error)).not.toContain("tiger");
  });

  test("has all its problems named at once", async () => {
    const content = "-- @metadata\n-- version: 1\n-- transaction: maybe\n-- irreversible:\n";
    const error = await caught(load(content));
    expect(error.code).toBe("MIGRATION.INVALID");
    expect(error.meta["problems"]).toMatchObject([
      { code: "MIGRATION.INVALID_METADATA", line: 3 },
      { code: "MIGRATION.INVALID_METADATA", line: 4 },
      { code: "MIGRATION.MISSING_UP" },
      { code: "MIGRATION.VERSION_MISMATCH" },
    ]);
  });
});

test("a migration of 5 MB loads in about a second", async () => {
  const line = "INSERT INTO person { name: 'Ada; \\'x', tags: [1, 2], note: \"-- @down\" };\n";
  const count = Math.ceil(5_000_000 / line.length);
  const started = performance.now();
  const { up, down } = await load(`-- @up\n${line.repeat(count)}-- @down\nDELETE person;\n`);
  expect(up).toHaveLength(count);
  expect(down).toEqual([{ text: "DELETE person", line: count + 3, column: 1 }]);
  // Many times what it takes on an idle machine.
  expect(performance.now() - started).toBeLessThan(30_000);
});
