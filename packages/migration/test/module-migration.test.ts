import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checksumOf, loadMigration } from "../src/index.ts";
import type { Migration } from "../src/index.ts";
import { caught } from "./caught.ts";
import { migrationDirectory } from "./migration-directory.ts";

const metadata = `export const metadata = { version: "20260109_120000", description: "Add bio" };\n`;

async function load(source: string, extension = "mjs"): Promise<Migration> {
  const file = `20260109_120000_add_bio.${extension}`;
  return loadMigration(join(await migrationDirectory({ [file]: source }), file));
}

describe("a module", () => {
  test.each(["ts", "mts"])("in TypeScript (.%s)", async (extension) => {
    const source = `
      interface Metadata { readonly version: string; description: string; dependsOn?: string[] }
      export const metadata: Metadata = {
        version: "20260109_120000", description: "Add bio", dependsOn: ["1", "2"],
      };
      const tables = ["a", "b"] as const;
      export async function up(): Promise<string[]> {
        return tables.map((table): string => \`DEFINE TABLE \${table}\`);
      }
      export const down = (): string[] => ["REMOVE TABLE b; REMOVE TABLE a;"];
    `;
    expect(await load(source, extension)).toMatchObject({
      version: "20260109_120000",
      description: "Add bio",
      dependsOn: ["1", "2"],
      parents: ["1", "2"],
      format: "module",
      checksum: checksumOf(new TextEncoder().encode(source)),
      up: [{ text: "DEFINE TABLE a" }, { text: "DEFINE TABLE b" }],
      down: [{ text: "REMOVE TABLE b" }, { text: "REMOVE TABLE a" }],
      transaction: "required",
    });
  });

  test.each(["js", "mjs"])("in JavaScript (.%s)", async (extension) => {
    const source = `
      export const metadata = {
        version: "20260109_120000", description: "Add\\n  bio", author: "ada",
        irreversible: "gone", transaction: "none", depends_on: ["1"], ticket: 12,
      };
      export const up = () => ["RETURN 1;\\n  RETURN 2; -- two", "RETURN 3"];
    `;
    expect(await load(source, extension)).toMatchObject({
      description: "Add bio",
      author: "ada",
      dependsOn: ["1"],
      irreversible: "gone",
      transaction: "none",
      up: [
        { text: "RETURN 1", line: 1, column: 1 },
        { text: "RETURN 2", line: 2, column: 3 },
        { text: "RETURN 3", line: 1, column: 1 },
      ],
      down: [],
    });
  });

  test("is frozen, whatever it does with its own lists later", async () => {
    const migration = await load(
      `${metadata} const list = ["RETURN 1"]; export const up = () => list;
      export const down = () => { list.push("RETURN 2"); return list; };`,
    );
    expect(migration.up).toHaveLength(1);
    expect(Object.isFrozen(migration.up) && Object.isFrozen(migration.up[0])).toBe(true);
  });

  test("has its up and its down called once each", async () => {
    const counter = `surqlCalls${process.pid}`;
    const migration = await load(
      `${metadata} const count = (call) => { (globalThis.${counter} ??= []).push(call); return []; };
      export const up = () => count("up"); export const down = () => count("down");`,
    );
    expect(migration.up).toEqual([]);
    expect(Reflect.get(globalThis, counter)).toEqual(["up", "down"]);
    Reflect.deleteProperty(globalThis, counter);
  });

  test.each(["mjs", "ts"])(
    "is read as it is now, not as it was before it was edited (.%s)",
    async (extension) => {
      const file = `20260109_120000_add_bio.${extension}`;
      const path = join(
        await migrationDirectory({ [file]: `${metadata} export const up = () => ["RETURN 1"];` }),
        file,
      );
      expect((await loadMigration(path)).up).toMatchObject([{ text: "RETURN 1" }]);
      await writeFile(path, `${metadata} export const up = () => ["RETURN 2"];`);
      expect((await loadMigration(path)).up).toMatchObject([{ text: "RETURN 2" }]);
    },
  );

  test("may use other modules", async () => {
    const directory = await migrationDirectory({
      "_tables.ts": `export const tables: string[] = ["a"];`,
      "20260109_120000_add_bio.ts": `import { tables } from "./_tables.ts"; ${metadata}
        export const up = () => tables.map((table) => "DEFINE TABLE " + table);`,
    });
    const { up } = await loadMigration(join(directory, "20260109_120000_add_bio.ts"));
    expect(up).toMatchObject([{ text: "DEFINE TABLE a" }]);
  });
});

describe("a module that is wrong", () => {
  test.each([
    ["does not parse", "export const up = (", undefined],
    ["throws while it is loaded", `throw new Error("no luck");`, "Error: no luck"],
    ["imports what is not there", `import "./nothing.mjs";`, undefined],
  ])("%s", async (_, source, why) => {
    for (const extension of ["mjs", "ts"]) {
      const error = await caught(load(source, extension));
      expect(error).toMatchObject({
        code: "MIGRATION.MODULE_FAILED",
        category: "usage",
        message: `20260109_120000_add_bio.${extension} cannot be loaded.`,
      });
      expect(error.why).toMatch(/./);
      if (why !== undefined) expect(error.why).toBe(why);
    }
  });

  test.each([
    ["up", `export function up() { throw new TypeError("no list"); }`],
    [
      "down",
      `export const up = () => []; export const down = () => Promise.reject(new TypeError("no list"));`,
    ],
  ])("throws in %s", async (name, source) => {
    expect(await caught(load(metadata + source))).toMatchObject({
      code: "MIGRATION.MODULE_FAILED",
      message: `20260109_120000_add_bio.mjs: ${name}() failed.`,
      why: "TypeError: no list",
    });
  });

  test("does not show secrets of what it throws", async () => {
    const error = await caught(
      load(
        `${metadata} export const up = () => { throw new Error("in DEFINE USER a PASSWORD 'tiger'"); };`,
      ),
    );
    expect(JSON.stringify(error)).toContain("DEFINE USER a");
    expect(JSON.stringify(error)).not.toContain("tiger");
  });

  test.each([
    ["export const up = () => [];", "metadata is not an exported object"],
    [
      "export const metadata = []; export const up = () => [];",
      "metadata is not an exported object",
    ],
    [metadata, "up is not an exported function"],
    [`${metadata} export const up = ["RETURN 1"];`, "up is not an exported function"],
    [`${metadata} export const up = () => "RETURN 1";`, "up() did not return a list"],
    [`${metadata} export const up = () => undefined;`, "up() did not return a list"],
    [`${metadata} export const up = () => ["RETURN 1", 2];`, "up()[1] is not a string"],
    [`${metadata} export const up = () => [,"RETURN 1"];`, "up()[0] is not a string"],
    [
      `${metadata} export const up = () => []; export const down = null;`,
      "down is not an exported function",
    ],
  ])("exports something else: %s", async (source, message) => {
    expect(await caught(load(source))).toMatchObject({
      code: "MIGRATION.INVALID_MODULE",
      message: expect.stringContaining(`20260109_120000_add_bio.mjs: ${message}`),
    });
  });

  test.each([
    ["version: 20260109", "version"],
    ["version: '20260109_120000', description: ['x']", "description"],
    ["dependsOn: '20260108_120000'", "dependsOn"],
    ["dependsOn: [1]", "dependsOn"],
    ["irreversible: true", "irreversible"],
    ["transaction: 'some'", "transaction"],
  ])("declares { %s }", async (source, key) => {
    const module = `export const metadata = { ${source} }; export const up = () => [];`;
    expect(await caught(load(module))).toMatchObject({
      code: "MIGRATION.INVALID_METADATA",
      message: expect.stringContaining(`${key} in the metadata`),
    });
  });

  test("returns a statement that does not end", async () => {
    const source = `${metadata} export const up = () => ["RETURN 1", "RETURN\\n 'it"];`;
    expect(await caught(load(source))).toMatchObject({
      code: "MIGRATION.INVALID_STATEMENT",
      message: expect.stringContaining("line 2, column 2 of up()[1]: a string"),
    });
  });

  test("has all its problems named at once", async () => {
    const error = await caught(
      load(`export const metadata = { version: "1" }; export const down = 2;`),
    );
    expect(error.meta["problems"]).toMatchObject([
      { code: "MIGRATION.INVALID_MODULE" },
      { code: "MIGRATION.INVALID_MODULE" },
      { code: "MIGRATION.VERSION_MISMATCH" },
    ]);
  });
});
