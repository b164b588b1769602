import { listFiles } from "../list-files.ts";
import { checkSum } from "./check-sum.ts";
import type { SumReport } from "./check-sum.ts";
import { parseSum } from "./parse-sum.ts";
import { readChecksum, readSumText, sumPath } from "./read-sum.ts";
import { sumUnreadable } from "./sum-errors.ts";

/**
 * Compares the migration files of a directory with its `surql.sum`. Runs no module.
 *
 * @returns `undefined` when there is no `surql.sum`.
 * @throws `MIGRATION.SUM_UNREADABLE` when it holds a merge conflict or something else that is none of its lines;
 * `MIGRATION.DIRECTORY_NOT_FOUND`, `MIGRATION.DIRECTORY_UNREADABLE`.
 * @example
 * ```ts
 * const report = await inspectSum("migrations");
 * for (const { file, message } of report?.problems ?? []) console.error(file, message);
 * ```
 */
export async function inspectSum(directory: string): Promise<SumReport | undefined> {
  const text = await readSumText(directory);
  if (text === undefined) return undefined;
  const sum = parseSum(text);
  if ("fault" in sum) throw sumUnreadable(sumPath(directory), sum);
  const names = await listFiles(directory);
  const files = names.map(async (name) => ({
    name,
    checksum: await readChecksum(directory, name),
  }));
  return checkSum(sum, await Promise.all(files));
}
