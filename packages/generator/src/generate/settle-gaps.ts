import { compareSchemas, differenceScript, infoAddress, type Schema } from "@surql/snapshot";
import { copyObjects } from "./copy-objects.ts";

/**
 * Takes for recorded what no file can hold: a user or an access key that the migrations leave out, for its secret is in no
 * snapshot, but that a stored snapshot has as the database has it. Pure.
 *
 * @param before What the migrations give.
 * @param after What the database has.
 * @param stored The newest snapshot that was stored with one of them.
 * @returns `before`, with those objects.
 * @example
 * ```ts
 * const before = settleGaps(await schemaOfMigrations(scratch, migrations), live, stored);
 * ```
 */
export function settleGaps(before: Schema, after: Schema, stored: Schema): Schema {
  const gaps = new Set(differenceScript(before, after).gaps.map(({ path }) => path));
  if (gaps.size === 0) return before;
  const recorded = compareSchemas(before, after).filter((change) => {
    const [table, key, name] = infoAddress(change);
    return gaps.has(change.path) && table === "" && stored.objects[key]?.[name] === change.after;
  });
  return copyObjects(after, before, recorded);
}
