import { expect, test } from "vitest";
import { amendError, SurqlError } from "../src/index.ts";

const error = new SurqlError({
  code: "CONNECTION.QUERY_FAILED",
  category: "failure",
  message: "It failed.",
  why: "Nobody knows.",
  nextActions: ["Look."],
  meta: { reason: "no", line: 1 },
  cause: new Error("below"),
});

test("is the same error with more facts", () => {
  const { code, category, message, why, nextActions, cause } = error;
  const same = { code, category, message, why, nextActions, cause };
  expect(amendError(error, { line: 4, file: "1.surql" })).toMatchObject({
    ...same,
    meta: { reason: "no", line: 4, file: "1.surql" },
  });
  expect(error.meta).toEqual({ reason: "no", line: 1 });
});

test("says why, now that it is known", () => {
  expect(amendError(error, {}, "The disk is full.").why).toBe("The disk is full.");
});
