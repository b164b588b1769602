import type { Database } from "@surql/connection";
import { alignSchema, captureSchema, differenceScript, type Schema } from "@surql/snapshot";
import { isSurqlError } from "@surql/errors";

const nothing: Schema = { tables: {}, edges: {}, objects: {} };

/**
 * A schema as the engine of a database would write it, found by building it in a scratch engine: one that another release has captured is in
 * other words, and what is run from it would come back otherwise.
 *
 * @param engineVersion Of the engine that captured it; unknown, it is taken to be the same.
 * @returns The schema as it is where no scratch engine of the same release is there, or it cannot be built there.
 */
export async function inWordsOf(
  db: Database,
  schema: Schema,
  engineVersion: string | undefined,
): Promise<Schema> {
  const own = release(db.target.engineVersion);
  if (engineVersion === undefined || release(engineVersion) === own) return schema;
  try {
    await using scratch = await db.openScratch();
    if (release(scratch.target.engineVersion) !== own) return schema;
    for (const { text } of differenceScript(nothing, schema).statements) await scratch.query(text);
    return await alignSchema(schema, await captureSchema(scratch), () => db.openScratch());
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    return schema;
  }
}

/** `3.0` */
function release(version: string): string {
  return version.split(".", 2).join(".");
}
