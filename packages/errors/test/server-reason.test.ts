import { expect, test } from "vitest";
import { serverReason, SurqlError } from "../src/index.ts";

const failed = (meta: Readonly<Record<string, unknown>>): SurqlError =>
  new SurqlError({
    code: "CONNECTION.QUERY_FAILED",
    category: "failure",
    message: "It failed.",
    meta,
  });

test("is what the database said, where an error holds it", () => {
  expect(serverReason(failed({ reason: "The table 'user' already exists" }))).toBe(
    "The table 'user' already exists",
  );
});

test.each([
  [failed({}), "It failed."],
  [failed({ reason: 4 }), "It failed."],
  [new Error("no socket"), "no socket"],
  ["gone", "gone"],
])("is the message of what holds no such thing", (error, reason) => {
  expect(serverReason(error)).toBe(reason);
});
