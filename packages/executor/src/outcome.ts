import { isSurqlError } from "@surql/errors";

/** Says whether a call that failed may have taken effect: its answer was lost, or could not be read. */
export function mayHaveRun(error: unknown): boolean {
  if (!isSurqlError(error)) return false;
  return error.code === "CONNECTION.OUTCOME_UNKNOWN" || error.meta["outcome"] === "unknown";
}
