import { randomUUID } from "node:crypto";
import type { Database } from "@surql/connection";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  captureSchema,
  compareSchemas,
  differenceScript,
  renderScript,
  schemaChecksum,
  type Schema,
} from "../src/index.ts";
import { corpus } from "./corpus.ts";
import { openDatabase } from "./open-database.ts";

const nothing: Schema = { tables: {}, edges: {}, objects: {} };

/** Runs what the engine takes of it, one by one: what needs something that was left out is refused. */
async function attempt(db: Database, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    try {
      await db.query(statement);
    } catch {
      // What needs something that was left out is not part of this schema.
    }
  }
}

/** Runs the script, and gives what differs afterwards without having been said to. */
async function remaining(db: Database, before: Schema, after: Schema): Promise<readonly string[]> {
  const { statements, gaps } = differenceScript(before, after, { secret: randomUUID });
  for (const { text } of statements) await db.query(text);
  const left = compareSchemas(after, await captureSchema(db)).map(({ path }) => path);
  const told = gaps.map(({ path }) => path);
  return left.filter((path) => !told.includes(path));
}

const some = fc.infiniteStream(fc.integer({ min: 0, max: 9 }));

function vary(choices: Iterator<number>): readonly string[] {
  const next = (): number => choices.next().value as number;
  const density = next();
  return corpus.flat().flatMap((statement) => {
    if (next() > density) return [];
    if (next() > 1 || statement.includes("COMMENT")) return [statement];
    return [`${statement} COMMENT 'varied'`];
  });
}

test(
  "what is between two schemas turns one into the other, and back",
  { timeout: 180_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(some, some, async (one, other) => {
        await using db = await openDatabase();
        await using scratch = await openDatabase();
        await attempt(db, vary(one));
        await attempt(scratch, vary(other));
        const [a, b] = [await captureSchema(db), await captureSchema(scratch)];
        expect(await remaining(db, a, b)).toEqual([]);
        expect(await remaining(db, await captureSchema(db), a)).toEqual([]);
        expect(await remaining(db, await captureSchema(db), nothing)).toEqual([]);
      }),
      { seed: 20260109, numRuns: 3 },
    );
  },
);

test("builds a schema of every kind of object, in one text", async () => {
  await using db = await openDatabase();
  await using scratch = await openDatabase();
  for (const stage of corpus) await db.query(stage.join(";\n"));
  const schema = await captureSchema(db);
  const { statements, gaps } = differenceScript(nothing, schema, { secret: randomUUID });
  await scratch.query(`OPTION IMPORT;\n${statements.map(({ text }) => text).join(";\n")}`);

  expect(gaps).toEqual([]);
  expect(schemaChecksum(await captureSchema(scratch))).toBe(schemaChecksum(schema));
});

test("makes up the secrets, or tells of them, and never takes the word for one", async () => {
  await using db = await openDatabase();
  await db.query(`
    DEFINE ACCESS token ON DATABASE TYPE JWT ALGORITHM HS512 KEY 'open-sesame';
    DEFINE USER ada ON DATABASE PASSWORD 'tiger';
    DEFINE FUNCTION fn::mark() { RETURN '[REDACTED]' }`);
  const schema = await captureSchema(db);
  const made: string[] = [];
  const secret = (): string => {
    made.push(randomUUID());
    return made.at(-1)!;
  };
  const { statements } = differenceScript(nothing, schema, { secret });
  const untold = differenceScript(nothing, schema);

  const texts = new Map(statements.map(({ path, text }) => [path, text]));
  expect(texts.get("fn::mark")).toContain("[REDACTED]");
  for (const path of ["access token", "user ada"]) {
    expect(texts.get(path)).not.toContain("[REDACTED]");
    expect(made.some((one) => texts.get(path)?.includes(one))).toBe(true);
  }
  expect(made).toHaveLength(2);
  expect(untold.statements.map(({ path }) => path)).toEqual(["fn::mark"]);
  expect(untold.gaps).toMatchObject([
    { path: "access token", reason: "secret", statement: expect.stringContaining("<secret>") },
    {
      path: "user ada",
      reason: "secret",
      statement: expect.stringContaining("PASSWORD '<secret>'"),
    },
  ]);
});

test.each(["\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029"])(
  "nothing of what is missing gets out of its comment: %j",
  async (lineEnd) => {
    await using db = await openDatabase();
    const name = `a${lineEnd}; THROW 'name'; --`;
    await db.query(`
      DEFINE USER \`${name}\` ON DATABASE PASSWORD 'tiger' COMMENT 'b${lineEnd}; THROW "comment"; --';
      DEFINE CONFIG API PERMISSIONS FULL`);
    const schema = await captureSchema(db);
    for (const script of [differenceScript(nothing, schema), differenceScript(schema, nothing)]) {
      const text = renderScript({ ...script, statements: [] });
      expect(text).not.toBe("");
      expect(await db.query(`${text}\nRETURN 1`)).toEqual([1]);
    }
  },
);
