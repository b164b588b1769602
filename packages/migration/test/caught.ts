import { isSurqlError, type SurqlError } from "@surql/errors";

/** The surql error that a promise is rejected with. */
export async function caught(promise: Promise<unknown>): Promise<SurqlError> {
  try {
    await promise;
  } catch (error) {
    if (isSurqlError(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
