import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { splitStatements } from "@surql/surrealql";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMigration, discoverMigrations } from "../src/index.ts";
import { caught } from "./caught.ts";
import { migrationDirectory } from "./migration-directory.ts";

const now = new Date("2026-01-09T12:00:00.999Z");
const up = ["DEFINE FIELD bio ON TABLE user TYPE option<string>"];
const down = ["REMOVE FIELD bio ON TABLE user;"];

describe("createMigration", () => {
  test("writes the .surql format", async () => {
    const directory = await migrationDirectory();
    const { path, migration } = await createMigration({
      directory,
      name: "Add bio to user",
      now,
      dependsOn: ["20260107_120000", "20260108_120000"],
      up,
      down,
    });
    expect(path).toBe(join(directory, "20260109_120000_add_bio_to_user.surql"));
    expect(await readFile(path, "utf8")).toBe(
      [
        "-- @metadata",
        "-- version: 20260109_120000",
        "-- description: Add bio to user",
        "-- author: surql",
        "-- depends_on: [20260107_120000, 20260108_120000]",
        "-- @up",
        "DEFINE FIELD bio ON TABLE user TYPE option<string>;",
        "-- @down",
        "REMOVE FIELD bio ON TABLE user;",
        "",
      ].join("\n"),
    );
    expect(migration).toMatchObject({
      version: "20260109_120000",
      dependsOn: ["20260107_120000", "20260108_120000"],
      up: [{ text: up[0], line: 7 }],
    });
  });

  test.each(["surql", "ts", "mts", "js", "mjs"] as const)(
    "writes .%s files that load",
    async (format) => {
      const directory = await migrationDirectory();
      const { path, migration } = await createMigration({
        directory,
        name: "add_bio",
        format,
        now,
        description: 'Say "hi" \\ `${1}`\nand go',
        author: "Ada",
        dependsOn: ["20260108_120000"],
        up: ["RETURN '\\\\ ${x} \\'`';\n RETURN 1; -- one", "RETURN 2;"],
        down: [],
      });
      expect(basename(path)).toBe(`20260109_120000_add_bio.${format}`);
      expect(migration).toMatchObject({
        version: "20260109_120000",
        description: 'Say "hi" \\ `${1}` and go',
        author: "Ada",
        dependsOn: ["20260108_120000"],
        down: [],
      });
      expect(migration.up.map(({ text }) => text)).toEqual([
        "RETURN '\\\\ ${x} \\'`'",
        "RETURN 1",
        "RETURN 2",
      ]);
    },
  );

  test.each(["surql", "ts", "mjs"] as const)(
    "leaves a place for statements in .%s files",
    async (format) => {
      const directory = await migrationDirectory();
      const { path, migration } = await createMigration({
        directory,
        name: "add_bio",
        format,
        now,
      });
      expect(migration).toMatchObject({ description: "Add bio", up: [], down: [] });
      expect(await readFile(path, "utf8")).toContain("Write the statements here");
    },
  );

  test("makes the directory, and leaves nothing else in it", async () => {
    const directory = join(await migrationDirectory(), "db", "migrations");
    const { path } = await createMigration({ directory, name: "init", now });
    expect(await readdir(directory)).toEqual([basename(path), "surql.sum"]);
  });

  test("takes the next free second, whatever the other file is called", async () => {
    const content = "-- @up\n";
    const files = { "20260109_120000_a.surql": content, "20260109_120001_b.mjs": "export {};" };
    const directory = await migrationDirectory(files);
    const { migration } = await createMigration({ directory, name: "a", now });
    expect(migration.version).toBe("20260109_120002");
    expect(await readFile(join(directory, "20260109_120000_a.surql"), "utf8")).toBe(content);
  });

  test("gives versions of their own to migrations that are created at once", async () => {
    const directory = await migrationDirectory();
    const created = await Promise.all(
      Array.from({ length: 100 }, (_, i) => createMigration({ directory, name: `n${i % 3}`, now })),
    );
    const versions = created.map(({ migration }) => migration.version);
    expect(new Set(versions).size).toBe(100);
    expect((await discoverMigrations(directory)).map(({ version }) => version)).toEqual(
      versions.toSorted(),
    );
    expect(await readdir(directory)).toHaveLength(101);
  });

  test.each([
    ["Crème brûlée -- v2!", "creme_brulee_v2", "Crème brûlée -- v2!"],
    ["add_bio__to user", "add_bio_to_user", "Add bio to user"],
    ["../../etc/passwd", "etc_passwd", "../../etc/passwd"],
    ["x".repeat(300), "x".repeat(100), `X${"x".repeat(299)}`],
    ["two\nlines: here", "two_lines_here", "Two lines: here"],
  ])("makes a file name of %j", async (name, slug, description) => {
    const { path, migration } = await createMigration({
      directory: await migrationDirectory(),
      name,
      now,
    });
    expect(basename(path)).toBe(`20260109_120000_${slug}.surql`);
    expect(migration.description).toBe(description);
  });
});

describe("nothing is written", () => {
  test.each(["", "  ", "___", "日本", "🎉"])("for the name %j", async (name) => {
    const directory = await migrationDirectory();
    expect(await caught(createMigration({ directory, name, now }))).toMatchObject({
      code: "MIGRATION.INVALID_NAME",
      category: "usage",
    });
    expect(await readdir(directory)).toEqual([]);
  });

  test.each([
    ["a statement that does not end", { up: ["RETURN 1", "RETURN 'it"] }, "up[1]"],
    ["a marker in a statement", { up: ["RETURN {\n-- @down\n}"] }, "reads as a marker"],
    ["a bracket that swallows the next statement", { down: ["RETURN (", "RETURN 1"] }, "bracket"],
  ])("for %s", async (_, statements, text) => {
    const directory = await migrationDirectory();
    const error = await caught(createMigration({ directory, name: "x", now, ...statements }));
    expect(error.code).toBe("MIGRATION.INVALID_STATEMENT");
    expect(`${error.message} ${error.why ?? ""}`).toContain(text);
    expect(await readdir(directory)).toEqual([]);
  });

  test("for a parent that no file could have", async () => {
    const directory = await migrationDirectory();
    const attempt = createMigration({ directory, name: "x", now, dependsOn: ["a, b"] });
    expect(await caught(attempt)).toMatchObject({ code: "MIGRATION.INVALID_METADATA" });
    expect(await readdir(directory)).toEqual([]);
  });

  test("where the directory is a file", async () => {
    const directory = join(await migrationDirectory({ file: "" }), "file");
    expect(await caught(createMigration({ directory, name: "x", now }))).toMatchObject({
      code: "MIGRATION.WRITE_FAILED",
      meta: { directory },
    });
  });
});

/** Line ends are LF in a migration, however they were written. */
function withLf(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

function statementsOf(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => splitStatements(text)).map(({ text }) => withLf(text));
}

test("what is written is what is read back, in every format", async () => {
  const directory = await migrationDirectory();
  const piece = fc.constantFrom(
    "RETURN 1",
    "'a;b'",
    "`c`",
    "-- note",
    "-- @up",
    "{",
    "}",
    "\\",
    "${x}",
    "\n",
    ";",
    " ",
    "\r",
    "\r\n",
    "/* x */",
  );
  const texts = fc.array(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
    { maxLength: 3 },
  );
  const format = fc.constantFrom("surql", "mjs", "ts");
  let written = 0;
  await fc.assert(
    fc.asyncProperty(texts, texts, format, async (ups, downs, chosen) => {
      const attempt = createMigration({
        directory,
        name: "x",
        now,
        up: ups,
        down: downs,
        format: chosen,
      });
      const created = await attempt.catch((error: unknown) => {
        expect(error).toMatchObject({ code: "MIGRATION.INVALID_STATEMENT" });
      });
      if (created === undefined) return;
      written += 1;
      const { migration } = created;
      expect(migration.up.map(({ text }) => withLf(text))).toEqual(statementsOf(ups));
      expect(migration.down.map(({ text }) => withLf(text))).toEqual(statementsOf(downs));
    }),
    { seed: 2026, numRuns: 200 },
  );
  expect(written).toBeGreaterThan(50);
});
