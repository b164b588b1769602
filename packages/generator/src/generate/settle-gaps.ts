import { compareSchemas, differenceScript, infoAddress, type Schema } from "@surql/snapshot";

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
  const objects: Record<string, Record<string, string>> = {};
  for (const [key, definitions] of Object.entries(before.objects))
    objects[key] = { ...definitions };
  for (const change of compareSchemas(before, after)) {
    if (!gaps.has(change.path)) continue;
    const [table, key, name] = infoAddress(change);
    const recorded = stored.objects[key]?.[name];
    if (table !== "" || recorded !== change.after) continue;
    if (recorded === undefined) delete objects[key]?.[name];
    else (objects[key] ??= {})[name] = recorded;
  }
  const kept = Object.entries(objects).filter(
    ([, definitions]) => Object.keys(definitions).length > 0,
  );
  return { ...before, objects: Object.fromEntries(kept) };
}
