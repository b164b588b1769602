import { serverReason, type SurqlError } from "@surql/errors";

/** What a failure in a rehearsal says about the plan. */
export type MishapMeaning =
  /** The plan fails. */
  | "fails"
  /** It may fail only because there are no records, or not all of them. */
  | "lacks records"
  /** The ground could not try it: nothing is said about the plan. */
  | "cannot be tried here";

/** In a scratch engine there is no network and no JavaScript, and time is short. */
const beyondTheGround =
  /Access to network target|Embedded functions are not enabled|Scripting functions are not allowed|exceeded the timeout/;
/**
 * The schema is on the ground: what is missing from it, or there already, has nothing to do with records. But whether
 * stored code comes to call a function may depend on them.
 */
const aboutSchema = /\bThe (?!(?:record|function)\b)\w+ '[^']*' (?:does not exist|already exists)/;

/**
 * Tells what a failure means.
 *
 * @param mayLackRecords Whether what the statement does may depend on records that are not there.
 * @param isPartial Whether what it deals with is not on the ground as it is in the database.
 */
export function readMishap(
  error: SurqlError,
  mayLackRecords: boolean,
  isPartial: boolean,
): MishapMeaning {
  const reason = serverReason(error);
  const isBeyond = error.code !== "CONNECTION.QUERY_FAILED" || beyondTheGround.test(reason);
  if (isPartial || isBeyond) return "cannot be tried here";
  return mayLackRecords && !aboutSchema.test(reason) ? "lacks records" : "fails";
}
