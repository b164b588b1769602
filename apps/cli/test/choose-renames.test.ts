import { PassThrough } from "node:stream";
import { connect } from "surql/connection";
import { captureSchema } from "surql/snapshot";
import type { Schema } from "surql/snapshot";
import { expect, it } from "vitest";
import { chooseRenames } from "../src/generate/choose-renames.ts";
import { createPrompts } from "../src/prompt.ts";

async function schemaOf(definitions: string): Promise<Schema> {
  const db = await connect({ url: "mem://", namespace: "n", database: "d" });
  await db.query(definitions);
  const schema = await captureSchema(db);
  await db.close();
  return schema;
}

const before = await schemaOf(
  "DEFINE TABLE user; DEFINE FIELD bio ON user TYPE string; DEFINE FIELD n ON user TYPE int;",
);
const after = await schemaOf(
  "DEFINE TABLE user; DEFINE FIELD about ON user TYPE string; DEFINE FIELD m ON user TYPE int;",
);
const bio = { kind: "field", table: "user", from: "bio", to: "about" };
const number = { kind: "field", table: "user", from: "n", to: "m" };

it("asks about each at a terminal, and not about what is named", async () => {
  const input = new PassThrough();
  const screen = new PassThrough();
  let shown = "";
  const drawn = new Promise<void>((resolve) => {
    screen.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
      resolve();
    });
  });
  const audience = { prompts: createPrompts(input, screen), note: () => expect.unreachable() };
  const named = { named: ["user.n=user.m"], all: undefined };
  const chosen = chooseRenames(before, after, named, audience);
  await drawn;
  expect(shown).toContain("Was user.bio renamed to user.about?");
  input.write("y");
  expect(await chosen).toEqual([number, bio]);
});

it("says without a terminal what looks like one, unless it was answered", async () => {
  const notes: string[] = [];
  const audience = { prompts: undefined, note: (text: string) => void notes.push(text) };
  expect(await chooseRenames(before, after, { named: [], all: undefined }, audience)).toEqual([]);
  expect(notes).toEqual([
    expect.stringMatching(/--rename user\.bio=user\.about; .*--no-renames/),
    expect.stringContaining("--rename user.n=user.m"),
  ]);
  notes.length = 0;
  expect(await chooseRenames(before, after, { named: [], all: true }, audience)).toEqual([
    bio,
    number,
  ]);
  expect(await chooseRenames(before, after, { named: [], all: false }, audience)).toEqual([]);
  expect(notes).toEqual([]);
});

it.each(["user.bio", "user.bio=", "a=b=c"])("refuses --rename %s", async (text) => {
  const audience = { prompts: undefined, note: () => expect.unreachable() };
  await expect(
    chooseRenames(before, after, { named: [text], all: undefined }, audience),
  ).rejects.toMatchObject({
    code: "CLI.INVALID_USAGE",
  });
});
