import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { createPrompts } from "../src/prompt.ts";
import type { Prompts } from "../src/prompt.ts";

/** Asks, and types the keys once the question stands there. */
async function asking<T>(
  ask: (prompts: Prompts) => Promise<T>,
  keys: string,
): Promise<{ readonly answer: Promise<T>; readonly shown: () => string }> {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = "";
  const drawn = new Promise<void>((resolve) => {
    output.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
      resolve();
    });
  });
  const answer = ask(createPrompts(input, output));
  answer.catch(() => {});
  await drawn;
  for (const key of keys) input.write(key);
  return { answer, shown: () => shown };
}

it.each([
  ["yes\r", true],
  ["y\r", false],
  ["no\r", false],
  ["\r", false],
])("typing %j is %s", async (keys, expected) => {
  const { answer, shown } = await asking((prompts) => prompts.typeYes("Really?"), keys);
  expect(await answer).toBe(expected);
  expect(shown()).toContain("Really?");
});

it.each([
  ["y", true],
  ["n", false],
  ["\r", false],
])("confirming with %j is %s", async (keys, expected) => {
  const { answer } = await asking((prompts) => prompts.confirm("Really?"), keys);
  expect(await answer).toBe(expected);
});

it.each([
  ["\r", "done"],
  ["\u001b[B\r", "again"],
  ["\u001b[B\u001b[B\r", undefined],
])("choosing with %j gives %s", async (keys, expected) => {
  const answers = [
    { value: "done", label: "Yes" },
    { value: "again", label: "No" },
    { value: undefined, label: "I do not know" },
  ];
  const { answer } = await asking((prompts) => prompts.choose("Did it run?", answers), keys);
  expect(await answer).toBe(expected);
});

it("is interrupted by Ctrl-C", async () => {
  const { answer } = await asking((prompts) => prompts.typeYes("Really?"), "\u0003");
  await expect(answer).rejects.toMatchObject({ code: "CLI.INTERRUPTED", category: "interrupted" });
});
