import { expect, test } from "vitest";
import { readStatement } from "../src/index.ts";
import { corpus } from "./corpus.ts";

test("understands every statement of the corpus", () => {
  for (const text of corpus) {
    const { touches } = readStatement(text);
    expect([text, touches.filter(({ effect }) => effect === "unknown")]).toEqual([text, []]);
    expect(touches.length).toBeGreaterThan(0);
  }
});

test("finds nothing in an empty text", () => {
  expect(readStatement(" -- REMOVE TABLE user\n /* DELETE user */ ;")).toEqual({
    statement: " -- REMOVE TABLE user\n /* DELETE user */ ;",
    touches: [],
  });
});
