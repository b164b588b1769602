import type { Schema } from "./snapshot.ts";

/**
 * The schema of a database in which nothing is defined.
 *
 * @example
 * ```ts
 * differenceScript(emptySchema, await captureSchema(db)); // the statements that build it anew
 * ```
 */
export const emptySchema: Schema = Object.freeze({
  tables: Object.freeze({}),
  edges: Object.freeze({}),
  objects: Object.freeze({}),
});
