import { randomUUID } from "node:crypto";
import {
  captureSchema,
  compareSchemas,
  differenceScript,
  readStatement,
  schemaChecksum,
  splitStatements,
  type Database,
  type DifferenceScript,
  type Schema,
} from "surql";
import type { DifferenceCase } from "./difference-case.ts";
import { openArena } from "./open-arena.ts";
import { mustMeanTheSame } from "./must-mean-the-same.ts";
import { addRecords, countRecords } from "./records.ts";
import { failuresOf } from "./run-script.ts";

const nothing: Schema = { tables: {}, edges: {}, objects: {} };

/** What was tried in a case. */
export interface Tried {
  readonly objects: number;
  readonly statements: number;
  readonly records: number;
}

/**
 * Turns one random schema into another, and back.
 *
 * @throws When something is wrong.
 */
export async function judgeDifference(one: DifferenceCase): Promise<Tried> {
  await using db = await openArena(one);
  await using scratch = await openArena({ ...one, withRecords: false });
  const failures = await failuresOf(db, one.before);
  await failuresOf(scratch, one.after);
  const [before, after] = [await captureSchema(db), await captureSchema(scratch)];
  if (one.withRecords) await addRecords(db, before);

  const there = differenceScript(before, after, { secret: randomUUID });
  const records = await keepsRecords(db, before, there, () => runEach(db, there));
  const arrived = await mustBe(db, after, there, "there");
  const back = differenceScript(arrived, before, { secret: randomUUID });
  await keepsRecords(db, arrived, back, () => runAtOnce(db, back));
  const returned = await mustBe(db, before, back, "back");

  mustBeReadable([there, back]);
  // An engine is opened for it: not each time.
  if (one.before.length % 3 === 0) {
    const taken = one.before.filter((_, at) => failures[at] === undefined);
    await mustMeanTheSame(db, taken, before);
  }
  mustBeNothing(returned);
  await mustBuild(scratch, after);
  return {
    objects: compareSchemas(nothing, before).length + compareSchemas(nothing, after).length,
    statements: there.statements.length + back.statements.length,
    records,
  };
}

async function runEach(db: Database, { statements }: DifferenceScript): Promise<void> {
  const texts = statements.map(({ text }) => text);
  for (const [at, failure] of (await failuresOf(db, texts)).entries()) {
    if (failure !== undefined) throw new Error(`refused: ${texts[at]}: ${failure}`);
  }
}

/** As one transaction, where no table with an index is removed and defined again: that always conflicts with itself (docs/engine.md). */
async function runAtOnce(db: Database, script: DifferenceScript): Promise<void> {
  const removed = new Set(
    script.statements.flatMap(({ effect, kind, path }) =>
      effect === "remove" && kind === "table" ? [path] : [],
    ),
  );
  const conflicts = script.statements.some(
    ({ effect, kind, path }) =>
      effect === "define" &&
      kind === "index" &&
      [...removed].some((table) => path.startsWith(`${table}.`)),
  );
  if (conflicts) return runEach(db, script);
  await db.transact(script.statements.map(({ text }) => ({ text })));
}

/** The schema as it is now, which must be the wanted one, but for what was told. */
async function mustBe(
  db: Database,
  wanted: Schema,
  { gaps }: DifferenceScript,
  way: string,
): Promise<Schema> {
  const schema = await captureSchema(db);
  if (gaps.length === 0 && schemaChecksum(schema) === schemaChecksum(wanted)) return schema;
  const told = new Set(gaps.map(({ path }) => path));
  const wrong = compareSchemas(schema, wanted).filter(({ path }) => !told.has(path));
  if (gaps.length > 0 && wrong.length === 0) return schema;
  const shown = wrong.map(({ path, before, after }) => `${path} is ${before} instead of ${after}`);
  throw new Error(`${way}: ${shown.join("; ")}`);
}

/** Records of the tables that stay must all be there still. */
async function keepsRecords(
  db: Database,
  schema: Schema,
  { statements }: DifferenceScript,
  run: () => Promise<void>,
): Promise<number> {
  const removed = new Set(
    statements.flatMap(({ effect, path }) => (effect === "remove" ? path : [])),
  );
  const changes = compareSchemas(nothing, schema);
  const kept = changes.flatMap(({ kind, name, path, after = "" }) =>
    (kind === "table" || kind === "edge") && !removed.has(path) && !/ AS SELECT /.test(after)
      ? [name]
      : [],
  );
  const counted = await countRecords(db, kept);
  await run();
  for (const [table, count] of await countRecords(db, kept)) {
    if (count !== counted.get(table)) {
      throw new Error(`${table} has ${count} records instead of ${counted.get(table)}`);
    }
  }
  return [...counted.values()].reduce((sum, count) => sum + count, 0);
}

function mustBeReadable(scripts: readonly DifferenceScript[]): void {
  for (const { text } of scripts.flatMap(({ statements }) => statements)) {
    const unread = readStatement(text).touches.find(({ effect }) => effect === "unknown");
    if (unread !== undefined) throw new Error(`not read: ${text}: ${JSON.stringify(unread)}`);
    const split = splitStatements(`${text};`).map((statement) => statement.text);
    if (split.length !== 1 || split[0] !== text) throw new Error(`not read back: ${text}`);
  }
}

function mustBeNothing(schema: Schema): void {
  const { statements, gaps } = differenceScript(schema, structuredClone(schema));
  const changes = compareSchemas(schema, structuredClone(schema));
  if (statements.length + gaps.length + changes.length > 0) {
    throw new Error("a schema differs from itself");
  }
}

/** Builds it from nothing, too, as a dump is loaded. */
async function mustBuild(db: Database, schema: Schema): Promise<void> {
  const script = differenceScript(nothing, schema, { secret: randomUUID });
  await db.query("REMOVE DATABASE fuzz; DEFINE DATABASE fuzz");
  const texts = script.statements.map(({ text }) => `${text};\n`).join("");
  await db.query(`OPTION IMPORT;\n${texts}`);
  await mustBe(db, schema, script, "built");
}
