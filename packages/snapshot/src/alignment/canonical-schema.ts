import { emptySchema } from "../empty-schema.ts";
import type { Database } from "@surql/connection";
import { compareSchemas } from "../compare-schemas.ts";
import { infoAddress } from "../object-kinds.ts";
import type { Schema } from "../snapshot.ts";
import { canonicalObjects } from "./canonical-objects.ts";
import { newerWordsOf } from "./newer-schema.ts";
import { rewriteSchema } from "./rewrite-schema.ts";

/**
 * Writes a schema as an engine writes it: one that another release has captured, or a person has written. Each definition is asked about
 * by itself, so none is lost for what it needs; what the engine does not take stays as it is.
 *
 * @param scratch An empty database of 3.x in memory, to be thrown away.
 * @returns A snapshot keeps its version, time and checksum.
 * @throws CONNECTION.* when the engine cannot be asked.
 * @example
 * ```ts
 * await using scratch = await db.openScratch();
 * const now = await canonicalSchema(stored, scratch); // What 2.6 calls `option<string>` is `none | string` in it
 * ```
 */
export async function canonicalSchema<T extends Schema>(schema: T, scratch: Database): Promise<T> {
  const inNewerWords = newerWordsOf(schema);
  const objects = compareSchemas(emptySchema, schema).flatMap((object) => {
    const address = infoAddress(object);
    const text = object.after;
    return text === undefined ? [] : { address, text: inNewerWords(address, text) };
  });
  const written = await canonicalObjects(scratch, objects);
  return rewriteSchema(
    schema,
    written.flatMap((one, at) => (one === undefined ? [] : { ...objects[at]!, ...one })),
  );
}
