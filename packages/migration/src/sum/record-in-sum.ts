import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { listFiles } from "../list-files.ts";
import { isBeforeSealed } from "./check-sum.ts";
import { parseSum } from "./parse-sum.ts";
import { readChecksum, readSumText, sumPath } from "./read-sum.ts";
import { refuseBroken } from "./refuse-broken-sum.ts";
import { renderSum, sumStart } from "./render-sum.ts";
import type { Sum, SumEntry } from "./sum.ts";
import { sumUnwritable } from "./sum-errors.ts";

/** What {@link recordInSum} can be told. */
export interface RecordInSumOptions {
  /** Names of files to list wherever they stand; others only behind all that is sealed. */
  readonly add?: readonly string[] | undefined;
  /** Names of files to list no longer, if they are gone: they were moved elsewhere. */
  readonly drop?: readonly string[] | undefined;
  /**
   * Names of files to seal as they are, if they are not sealed yet; none unless told. `all` seals every file anew,
   * accepts what was edited, drops what is gone, and resolves a merge conflict.
   */
  readonly seal?: readonly string[] | "all" | undefined;
}

/** What {@link recordInSum} did. */
export interface RecordedSum {
  /** Absolute. */
  readonly path: string;
  /** Names of the files that were sealed. */
  readonly sealed: readonly string[];
  /** Names of the files that were sealed before with another content, which was accepted. */
  readonly accepted: readonly string[];
  /** Names of the files that were sealed and are no longer listed. */
  readonly dropped: readonly string[];
}

/**
 * Lists the files of a directory in its `surql.sum`, which is made where there is none: those that were not listed are
 * open, so that they may be edited. What is sealed stays as it is, but for what `seal` says. Can be called by several
 * programs at once, and again.
 *
 * @throws `MIGRATION.SUM_UNREADABLE` and `MIGRATION.SUM_MISMATCH` when its own lines were changed by hand (neither with
 * `seal: "all"`), `MIGRATION.SUM_UNWRITABLE`, `MIGRATION.DIRECTORY_NOT_FOUND`,
 * `MIGRATION.DIRECTORY_UNREADABLE`.
 * @example
 * ```ts
 * await recordInSum("migrations", { add: ["20260109_120000_add_bio.surql"] }); // after it was written
 * await recordInSum("migrations", { seal: ["20260109_120000_add_bio.surql"] }); // after it was applied
 * ```
 */
export async function recordInSum(
  directory: string,
  { add = [], drop = [], seal = [] }: RecordInSumOptions = {},
): Promise<RecordedSum> {
  const path = sumPath(directory);
  let before: readonly SumEntry[] | undefined;
  for (;;) {
    // Until it stays: somebody else may have written one meanwhile, and nobody's files are to get lost.
    const text = await readSumText(directory);
    const now = text === undefined ? emptySum : parseSum(text);
    if (seal !== "all") refuseBroken(path, now);
    before ??= now.lines;
    const entries = await nextEntries(directory, now.lines, { add, drop, seal });
    const next = renderSum(entries);
    if (next === text?.replaceAll("\r\n", "\n")) return { path, ...changesOf(before, entries) };
    await writeWhole(directory, next);
  }
}

const emptySum: Sum = { head: sumStart, lines: [] };

/** What the lines are to say. */
async function nextEntries(
  directory: string,
  lines: readonly SumEntry[],
  { add = [], drop = [], seal = [] }: RecordInSumOptions,
): Promise<readonly SumEntry[]> {
  const names = await listFiles(directory);
  const listed = new Map(lines.map((line) => [line.name, line]));
  const entries = await Promise.all(
    names.map(async (name): Promise<readonly SumEntry[]> => {
      const line = listed.get(name);
      if (seal === "all" || (seal.includes(name) && line?.checksum === undefined)) {
        return [{ name, checksum: await readChecksum(directory, name) }];
      }
      if (line !== undefined) return [line];
      const isNews = !isBeforeSealed(lines, name) || add.includes(name);
      return isNews ? [{ name, checksum: undefined }] : [];
    }),
  );
  const there = new Set(names);
  // Of an open file that is gone nobody needs to know.
  const gone = lines.filter(
    ({ name, checksum }) => checksum !== undefined && !there.has(name) && !drop.includes(name),
  );
  return [...entries.flat(), ...(seal === "all" ? [] : gone)];
}

function changesOf(
  before: readonly SumEntry[],
  after: readonly SumEntry[],
): Pick<RecordedSum, "sealed" | "accepted" | "dropped"> {
  const known = new Map<string, Set<string>>();
  for (const { name, checksum } of before) {
    const checksums = known.get(name) ?? new Set();
    known.set(name, checksum === undefined ? checksums : checksums.add(checksum));
  }
  const names = new Set(after.map(({ name }) => name));
  const isNew = ({ name, checksum }: SumEntry): boolean =>
    checksum !== undefined && known.get(name)?.has(checksum) !== true;
  const isEdited = ({ name }: SumEntry): boolean => (known.get(name)?.size ?? 0) > 0;
  const sealed = after.filter(isNew);
  return {
    sealed: sealed.filter((entry) => !isEdited(entry)).map(({ name }) => name),
    accepted: sealed.filter(isEdited).map(({ name }) => name),
    dropped: [...known].flatMap(([name, { size }]) => (size > 0 && !names.has(name) ? [name] : [])),
  };
}

/** There as a whole or not at all. */
async function writeWhole(directory: string, text: string): Promise<void> {
  const hidden = join(resolve(directory), `.surql.sum.${randomUUID()}`);
  try {
    await writeFile(hidden, text);
    await rename(hidden, sumPath(directory));
  } catch (error) {
    await rm(hidden, { force: true });
    throw sumUnwritable(sumPath(directory), error);
  }
}
