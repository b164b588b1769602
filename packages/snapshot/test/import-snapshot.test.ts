import { beforeAll, describe, expect, test } from "vitest";
import { createSnapshot, exportSnapshot, importSnapshot } from "../src/index.ts";
import type { SchemaSnapshot } from "../src/index.ts";
import { caught } from "./caught.ts";
import { corpus } from "./corpus.ts";
import { define, openDatabase } from "./open-database.ts";

let snapshot: SchemaSnapshot;

beforeAll(async () => {
  await using db = await openDatabase();
  await define(db, corpus.flat());
  snapshot = await createSnapshot(db, { version: "20260109_120000", migrationCount: 3 });
});

describe("laws", () => {
  test("import undoes export", () => {
    expect(importSnapshot(exportSnapshot(snapshot))).toEqual(snapshot);
  });

  test("export undoes import, to the last character", () => {
    const text = exportSnapshot(snapshot);
    expect(exportSnapshot(importSnapshot(text))).toBe(text);
  });

  test("equal snapshots give equal files, whatever the order of their keys", () => {
    const reversed = JSON.parse(JSON.stringify(snapshot), (_, value: unknown) =>
      typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    ) as SchemaSnapshot;
    expect(exportSnapshot(reversed)).toBe(exportSnapshot(snapshot));
  });

  test("each definition stands on a line of its own", () => {
    const lines = exportSnapshot(snapshot).split("\n");
    expect(lines.at(-1)).toBe("");
    expect(lines.filter((line) => line.includes("DEFINE FIELD bio ON user"))).toHaveLength(1);
    expect(lines.filter((line) => line.split("DEFINE FIELD").length > 2)).toEqual([]);
  });
});

describe("a file that cannot be used", () => {
  test.each([
    ["no text", "", /not JSON/],
    ["something else", "PASSWORD=hunter2", /not JSON/],
    ["a list", "[]", /holds no JSON object/],
    ["null", "null", /holds no JSON object/],
    ["another object", "{}", /format is missing/],
    [
      "a format alone",
      '{"format":1}',
      /version is missing; createdAt is missing; .*tables is missing/,
    ],
  ])("%s", async (_, text, message) => {
    const error = await caught(() => importSnapshot(text));
    expect(error.code).toBe("SNAPSHOT.INVALID_FILE");
    expect(error.message).toMatch(message);
    expect(JSON.stringify(error)).not.toContain("hunter2");
  });

  test("everything that is wrong is said at once", async () => {
    const text = edited((file) => {
      file["version"] = 5;
      file["createdAt"] = "yesterday";
      file["tables"] = { user: { definition: 1, fields: {}, indexes: [], events: {} } };
    });
    expect((await caught(() => importSnapshot(text))).meta["problems"]).toEqual([
      "version is not a text",
      "createdAt is not a point in time",
      "tables.user.definition is not a text",
      "tables.user.indexes is not an object",
    ]);
  });

  test("of another format", async () => {
    for (const format of [0, 2, "1", null]) {
      const text = edited((file) => (file["format"] = format));
      expect((await caught(() => importSnapshot(text))).code).toBe("SNAPSHOT.UNSUPPORTED_FORMAT");
    }
  });

  test("changed by hand", async () => {
    const text = exportSnapshot(snapshot).replace("TYPE none | string", "TYPE string");
    const error = await caught(() => importSnapshot(text));
    expect(error.code).toBe("SNAPSHOT.CHECKSUM_MISMATCH");
    expect(error.meta).toMatchObject({ version: "20260109_120000", stated: snapshot.checksum });
  });

  test("with text that is no Unicode", async () => {
    const text = edited((file) => (file["objects"] = { params: { b: "\ud800", a: "" } }));
    expect((await caught(() => importSnapshot(text))).code).toMatch(
      /SNAPSHOT\.(INVALID_FILE|CHECKSUM_MISMATCH)/,
    );
  });
});

/** The file, edited. */
const edited = (change: (file: Record<string, unknown>) => unknown): string => {
  const file = JSON.parse(exportSnapshot(snapshot)) as Record<string, unknown>;
  change(file);
  return JSON.stringify(file);
};
