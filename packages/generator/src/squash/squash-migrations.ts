import type { Database } from "@surql/connection";
import { isSurqlError, serverReason } from "@surql/errors";
import { schemaOfMigrations, takePicture } from "@surql/executor";
import type { Migration } from "@surql/migration";
import { refuseForbidden } from "@surql/safety-analyzer";
import { captureSchema, compareSchemas, schemaChecksum, type Schema } from "@surql/snapshot";
import { readStatement } from "@surql/surrealql";
import { chooseRange } from "./choose-range.ts";
import { compareRecords } from "./compare-records.ts";
import { sortStatements, type PlacedStatement, type SortedStatements } from "./sort-statements.ts";
import { notEqual, nothingToDrop, unkeepableData, unwritableSchema } from "./squash-errors.ts";
import { writeScript } from "./write-scripts.ts";

/** Which migrations become one, and what of them is left out. */
export interface SquashOptions {
  /** The first of them; left out, all that `to` builds on. */
  readonly from?: string | undefined;
  /** The last of them. The squash takes its version. */
  readonly to: string;
  /** Statements that deal with records, to leave out: as `FILE:LINE`, or `all` for those that cannot be kept. */
  readonly dropData?: readonly string[] | undefined;
}

/** One migration that comes to the same as several. */
export interface Squash {
  readonly version: string;
  /** The versions that it stands for, parents first; its own is the last. */
  readonly replaces: readonly string[];
  /** The migrations that it stands for. */
  readonly originals: readonly Migration[];
  readonly dependsOn: readonly string[];
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Statements that deal with records, and stay. */
  readonly kept: readonly PlacedStatement[];
  /** Those that are left out. */
  readonly dropped: readonly PlacedStatement[];
  /** Checksum of the schema before it and behind its `down`. */
  readonly checksumBefore: string;
  /** Checksum of the schema behind it. */
  readonly checksumAfter: string;
}

/**
 * Makes one migration of several, and proves it: run on the schema before them, it gives the schema and the records that they give, and its `down`
 * the schema before. Writes nothing.
 *
 * @param open Opens an empty engine in memory; it is closed.
 * @throws `GENERATOR.SQUASH_RANGE`, `GENERATOR.SQUASH_DATA`, `GENERATOR.SQUASH_NOTHING_TO_DROP`, `GENERATOR.SQUASH_GAP`, `EXECUTOR.REPLAY_FAILED`,
 * `GENERATOR.SQUASH_UNPROVEN`, `SAFETY.FORBIDDEN_STATEMENT`, `GRAPH.*`, `CONNECTION.*`.
 * @example
 * ```ts
 * const migrations = await discoverMigrations("migrations");
 * const squash = await squashMigrations(() => db.openScratch(), migrations, { to: "20260109_120000" });
 * squash.up; // ["DEFINE TABLE user …", "DEFINE FIELD name ON user …"]
 * ```
 */
export async function squashMigrations(
  open: () => Promise<Database>,
  migrations: readonly Migration[],
  options: SquashOptions,
): Promise<Squash> {
  const { range, before, parents } = chooseRange(migrations, options);
  const all = [...before, ...range];
  refuseForbidden(all.map(({ version, up }) => ({ migration: version, statements: up })));
  await using originals = await open();
  const start = await schemaOfMigrations(originals, before);
  const end = await schemaOfMigrations(originals, range);
  const sorted = sortStatements(range, end);
  const { kept, dropped } = decideData(sorted, options);
  const forward = writeScript(start, end, all);
  const back = writeScript(end, start, before);
  const faults = [...forward.faults, ...back.faults];
  if (faults.length > 0) throw unwritableSchema(options.to, faults);
  const squash: Squash = {
    version: options.to,
    replaces: range.flatMap(({ version, replaces }) => replaces ?? [version]),
    originals: range,
    dependsOn: parents,
    up: [...forward.statements, ...kept.map(({ text }) => text)],
    down: back.statements,
    kept,
    dropped,
    checksumBefore: schemaChecksum(start),
    checksumAfter: schemaChecksum(end),
  };
  await using scratch = await open();
  await prove(scratch, squash, { originals, before, start, end });
  return squash;
}

function decideData(
  { seeds, refused, data }: SortedStatements,
  { to, dropData = [] }: SquashOptions,
): { readonly kept: readonly PlacedStatement[]; readonly dropped: readonly PlacedStatement[] } {
  const places = new Set(data.map(({ place }) => place));
  const unknown = dropData.filter((place) => place !== "all" && !places.has(place));
  if (unknown.length > 0) throw nothingToDrop(unknown, data);
  const isDropped = ({ place }: PlacedStatement): boolean => dropData.includes(place);
  const left = refused.filter((one) => !isDropped(one));
  if (left.length > 0 && !dropData.includes("all")) throw unkeepableData(to, left);
  return {
    kept: seeds.filter((one) => !isDropped(one)),
    dropped: [...refused, ...seeds.filter(isDropped)],
  };
}

/** Where the originals have been run, and what they have made. */
interface Evidence {
  readonly originals: Database;
  readonly before: readonly Migration[];
  readonly start: Schema;
  readonly end: Schema;
}

async function prove(
  scratch: Database,
  { version, up, down, dropped }: Squash,
  { originals, before, start, end }: Evidence,
): Promise<void> {
  await schemaOfMigrations(scratch, before);
  await run(scratch, version, up);
  const [made, squashed] = [await takePicture(originals), await takePicture(scratch)];
  const wrong = differencesTo(end, squashed.schema);
  if (wrong.length > 0) throw notEqual(version, wrong);
  const records = compareRecords(made.records, squashed.records, isUntouchedBy(dropped));
  if (records.length > 0) throw notEqual(version, records);
  await run(scratch, version, down);
  const left = differencesTo(start, await captureSchema(scratch));
  if (left.length > 0) throw notEqual(version, left);
}

/** Each statement is committed by itself, as an index that is built in a transaction misses what that wrote. */
async function run(scratch: Database, version: string, texts: readonly string[]): Promise<void> {
  if (texts.length === 0) return;
  try {
    await scratch.query(texts.map((text) => `${text}\n;\n`).join(""));
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    throw notEqual(version, [`What was written fails: ${serverReason(error)}`]);
  }
}

function differencesTo(wanted: Schema, found: Schema): readonly string[] {
  return compareSchemas(wanted, found).map(
    ({ path, before, after }) => `${path}: ${before ?? "not there"} became ${after ?? "not there"}`,
  );
}

/** What was left out on purpose makes the records of its tables differ; where it computes them, of any. */
function isUntouchedBy(dropped: readonly PlacedStatement[]): (table: string) => boolean {
  const touches = dropped.flatMap(({ text }) => readStatement(text).touches);
  const isClear = touches.every(
    (one) => one.effect === "read" || (one.effect === "write" && one.tables !== undefined),
  );
  const tables = new Set(touches.flatMap((one) => ("tables" in one ? (one.tables ?? []) : [])));
  return (table) => isClear && !tables.has(table);
}
