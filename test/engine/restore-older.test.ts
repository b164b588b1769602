import { expect, test } from "vitest";
import fc from "fast-check";
import {
  alignSchema,
  captureSchema,
  compareSchemas,
  connect,
  createSnapshot,
  exportSnapshot,
  importSnapshot,
  isSurqlError,
  type Database,
} from "surql";
import { differenceCase, showCase } from "../fuzz/difference/difference-case.ts";
import { restore } from "../fuzz/round-trip/judge-round-trip.ts";
import { openOlderEngine } from "../server/open-older-engine.ts";

/** Runs statements one by one; those that an engine takes. */
async function acceptedBy(db: Database, statements: readonly string[]): Promise<readonly string[]> {
  const accepted: string[] = [];
  for (const text of statements) {
    const isTaken = await db.query(text).then(
      () => true,
      () => false,
    );
    if (isTaken) accepted.push(text);
  }
  return accepted;
}

/** 2.6 keeps a `REFERENCE` of an array on its elements too, where 3.0 refuses it. */
function canBeBrought(text: string): boolean {
  return !/\b(?:array|set)\b.*\bREFERENCE\b/.test(text);
}

/** What 3.0 refuses, as a default of `id`, no restore brings there. */
async function acceptedByNewer(statements: readonly string[]): Promise<readonly string[]> {
  await using newer = await openNewer();
  return await acceptedBy(newer, statements);
}

function openNewer(): Promise<Database> {
  return connect({ url: "mem://", namespace: "test", database: "test" });
}

function reasonOf(error: unknown): string {
  return isSurqlError(error) ? `${error.message}\n${error.why}` : String(error);
}

test(
  "a snapshot of SurrealDB 2.6 makes an empty database of 3.0 mean the same",
  { timeout: 180_000 },
  async () => {
    await using older = await openOlderEngine();
    const judge = async (statements: readonly string[]): Promise<void> => {
      await older.query("REMOVE DATABASE IF EXISTS test; DEFINE DATABASE test");
      await acceptedBy(older, await acceptedByNewer(statements.filter(canBeBrought)));
      const snapshot = importSnapshot(
        exportSnapshot(await createSnapshot(older, { version: "1" })),
      );
      expect(snapshot.engineVersion).toMatch(/^2\.6/);
      await using newer = await openNewer();
      const { gaps } = await restore(newer, snapshot);
      const live = await captureSchema(newer);
      const aligned = await alignSchema(snapshot, live, () => newer.openScratch());
      const changes = compareSchemas(aligned, live);
      if (changes.length > gaps) {
        throw new Error(
          changes.map(({ path, before, after }) => `${path}: ${after}, not ${before}`).join("\n"),
        );
      }
    };
    const property = fc.asyncProperty(differenceCase, async ({ before }) => judge(before));
    const { failed, counterexample, errorInstance, counterexamplePath } = await fc.check(property, {
      numRuns: 40,
      seed: 20260109,
    });
    const [shown] = counterexample ?? [];
    const told =
      shown === undefined
        ? ""
        : `${reasonOf(errorInstance)}\n${showCase(shown)}\n${counterexamplePath}`;
    expect(told).toBe("");
    expect(failed).toBe(false);
  },
);
