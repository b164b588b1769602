import { describe, expect, test } from "vitest";
import { isSurqlError, SurqlError } from "../src/index.ts";

const full = {
  code: "HISTORY.CHECKSUM_MISMATCH",
  category: "state",
  message: "The file was edited.",
  why: "Its checksum differs.",
  nextActions: ["Restore it."],
  meta: { version: "20260109_120000" },
  cause: new Error("secret detail"),
} as const;

describe("SurqlError", () => {
  test("carries what it was made of", () => {
    const error = new SurqlError(full);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject(full);
    expect(String(error)).toBe("SurqlError: The file was edited.");
    expect(error.stack).toContain("surql-error.test.ts");
  });

  test("needs only code, category and message", () => {
    const error = new SurqlError({ code: "A.B", category: "failure", message: "No." });
    expect(error.nextActions).toEqual([]);
    expect(error.meta).toEqual({});
    expect(error.why).toBeUndefined();
    expect("cause" in error).toBe(false);
  });

  test("its JSON leaves out the stack and the cause", () => {
    const { cause, category, ...shown } = full;
    const text = JSON.stringify({ error: new SurqlError(full) });
    expect(JSON.parse(text)).toEqual({ error: shown });
    expect(text).not.toContain(cause.message);
    expect(text).not.toContain(category);
  });
});

describe("isSurqlError", () => {
  test("accepts errors of another copy of the package", () => {
    class Foreign extends Error {
      readonly code = "EXECUTOR.STALE_PLAN";
      readonly nextActions = [];
      readonly meta = {};
    }
    expect(isSurqlError(new Foreign("stale"))).toBe(true);
    expect(isSurqlError(new SurqlError(full))).toBe(true);
  });

  test.each([
    ["nothing", undefined],
    ["text", "HISTORY.CHECKSUM_MISMATCH"],
    ["a plain object of the same shape", { ...full }],
    ["a plain error", new Error("no")],
    [
      "a system error",
      Object.assign(new Error("no"), { code: "ENOENT", nextActions: [], meta: {} }),
    ],
    [
      "an undotted code",
      Object.assign(new Error("no"), { code: "LOCK", nextActions: [], meta: {} }),
    ],
    ["no next actions", Object.assign(new Error("no"), { code: "A.B", meta: {} })],
    ["no meta", Object.assign(new Error("no"), { code: "A.B", nextActions: [], meta: null })],
  ])("rejects %s", (_, value) => {
    expect(isSurqlError(value)).toBe(false);
  });
});
