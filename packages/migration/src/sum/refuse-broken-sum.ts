import { brokenChain } from "./check-sum.ts";
import { parseSum } from "./parse-sum.ts";
import type { SumFault } from "./parse-sum.ts";
import { readSumText, sumPath } from "./read-sum.ts";
import type { Sum } from "./sum.ts";
import { sumMismatch, sumUnreadable } from "./sum-errors.ts";

/**
 * Stops before a sum is gone on with that does not fit itself: to write the chain anew would hide that.
 *
 * @throws `MIGRATION.SUM_UNREADABLE`, `MIGRATION.SUM_MISMATCH`.
 */
export async function refuseBrokenSum(directory: string): Promise<void> {
  const text = await readSumText(directory);
  if (text !== undefined) refuseBroken(sumPath(directory), parseSum(text));
}

/** The same of a sum that was read. */
export function refuseBroken(path: string, sum: Sum | SumFault): asserts sum is Sum {
  if ("fault" in sum) throw sumUnreadable(path, sum);
  const broken = brokenChain(sum);
  if (broken.length > 0) throw sumMismatch(broken);
}
