import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { createPrompts } from "../src/prompt.ts";
import { restoreChoice } from "../src/restore-choice.ts";

const kept = [
  {
    id: "q1",
    kind: "field",
    state: "kept",
    event: "e1",
    migration: "2",
    sequence: 0,
    table: "user",
    field: "bio",
    count: 12,
    rows: 1,
    keptAt: "2026-01-09T12:00:00.000Z",
  },
] as const;

const never = createPrompts(new PassThrough(), new PassThrough());

it("does what the settings say, and nothing where there is nobody to ask", () => {
  const output = { note: () => expect.unreachable() };
  expect(restoreChoice("ours", output, true, never)).toBe("ours");
  expect(restoreChoice("none", output, true, never)).toBe("none");
  expect(restoreChoice(undefined, output, false, never)).toBe("none");
});

it("shows what is kept, and lets the person at the terminal choose", async () => {
  const input = new PassThrough();
  const screen = new PassThrough();
  const notes: string[] = [];
  const output = { note: (text: string) => void notes.push(text) };
  const choice = restoreChoice(undefined, output, true, createPrompts(input, screen));
  const drawn = new Promise((resolve) => screen.once("data", resolve));
  const answer = typeof choice === "function" ? choice(kept) : undefined;
  await drawn;
  // One down from the first, which is `theirs`.
  input.write("\u001B[B");
  input.write("\r");
  expect(await answer).toBe("ours");
  expect(notes).toEqual([
    "A rollback has kept data of these migrations:\n  user.bio: 12 values, kept 2026-01-09T12:00:00.000Z when 2 was rolled back",
  ]);
});
