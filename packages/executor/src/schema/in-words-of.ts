import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { canonicalSchema, type Schema } from "@surql/snapshot";

/**
 * A schema as the engine of a database would write it, found by asking a scratch engine about each definition: one that another release has captured is in
 * other words, and what is run from it would come back otherwise.
 *
 * @param engineVersion Of the engine that captured it; unknown, it is taken to be the same.
 * @returns `undefined` where no scratch engine of the same release is there.
 */
export async function inWordsOf<T extends Schema>(
  db: Database,
  schema: T,
  engineVersion: string | undefined,
): Promise<T | undefined> {
  const own = release(db.target.engineVersion);
  if (engineVersion === undefined || release(engineVersion) === own) return schema;
  try {
    await using scratch = await db.openScratch();
    if (release(scratch.target.engineVersion) !== own) return undefined;
    return await canonicalSchema(schema, scratch);
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    return undefined;
  }
}

/** `3.0` */
function release(version: string): string {
  return version.split(".", 2).join(".");
}
