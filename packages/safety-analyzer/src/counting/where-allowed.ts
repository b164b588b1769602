import { isSurqlError } from "@surql/errors";

/** What a database may say to a trial without anything being wrong with it. */
const cannotTry: ReadonlySet<string> = new Set([
  "CONNECTION.NOT_PERMITTED",
  "CONNECTION.INVALID_STATEMENT",
  "CONNECTION.QUERY_FAILED",
  "CONNECTION.CONFLICT",
  "CONNECTION.OUTCOME_UNKNOWN",
]);

/** The result of a trial; `undefined` where the database does not permit it, or a statement fails in it. */
export async function whereAllowed<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isSurqlError(error) && cannotTry.has(error.code)) return undefined;
    throw error;
  }
}
