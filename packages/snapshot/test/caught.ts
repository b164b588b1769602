import { isSurqlError } from "@surql/errors";
import type { SurqlError } from "@surql/errors";

/** The error of ours that the work ends in; anything else fails the test. */
export async function caught(work: () => unknown): Promise<SurqlError> {
  try {
    await work();
  } catch (error) {
    if (isSurqlError(error)) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}
