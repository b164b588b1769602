import { randomUUID } from "node:crypto";
import type { Database } from "@surql/connection";
import fc from "fast-check";
import { expect, test } from "vitest";
import { captureSchema, compareSchemas, differenceScript, type Schema } from "../src/index.ts";
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
  { timeout: 60_000 },
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
