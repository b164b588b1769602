import { isSurqlError, type SurqlError } from "@surql/errors";

/** The surql error that a call throws. */
export function caught(call: () => unknown): SurqlError {
  try {
    call();
  } catch (error) {
    if (isSurqlError(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
