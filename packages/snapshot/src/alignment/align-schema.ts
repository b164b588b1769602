import type { Database } from "@surql/connection";
import { compareSchemas } from "../compare-schemas.ts";
import type { SchemaChange } from "../difference.ts";
import type { Schema } from "../snapshot.ts";
import { infoAddress } from "../object-kinds.ts";
import { findCounterparts, type AskedChange } from "./find-counterparts.ts";
import { newerWordsOf } from "./newer-schema.ts";
import { rewriteSchema, rewritingOf, type Rewriting } from "./rewrite-schema.ts";
import { haveSameClauses } from "./same-clauses.ts";

/**
 * Writes a schema in the words of another: every object that means the same in both has the other's name and text, all else stays as
 * it is. What `compareSchemas` and `differenceScript` then find is a difference in meaning.
 *
 * Servers write one thing differently (`option<int>`, `tags[*]` and `SEARCH ANALYZER` of 2.6 are `none | int`, `tags.*` and
 * `FULLTEXT ANALYZER` in 3.x), and people write what no server does. What 3.x would not read is put in its words first; then a scratch engine is asked how it writes
 * each of two texts that differ. One that it cannot read, as a newer server may write it, is compared by its clauses, and so is all where no embedded engine is installed.
 * Where the texts are equal nothing is asked, nor is an engine opened.
 *
 * @param openScratch Opens an empty database in memory: `() => db.openScratch()`. It is closed again.
 * @returns `schema` itself where nothing had to be written otherwise; a snapshot keeps its version, time and checksum.
 * @example
 * ```ts
 * const aligned = await alignSchema(stored, live, () => db.openScratch());
 * compareSnapshots(aligned, live).identical; // true
 * // And it would be, had stored been captured on SurrealDB 2.6.
 * ```
 */
export async function alignSchema<T extends Schema>(
  schema: T,
  other: Schema,
  openScratch: () => Promise<Database>,
): Promise<T> {
  const changes = compareSchemas(schema, other);
  const [wordsOfOne, wordsOfOther] = [newerWordsOf(schema), newerWordsOf(other)];
  const equal: Rewriting[] = [];
  const open: AskedChange[] = [];
  const mayBeSame = mayHaveCounterpart(changes);
  for (const change of changes.filter(mayBeSame)) {
    const address = infoAddress(change);
    const before = change.before && wordsOfOne(address, change.before);
    const after = change.after && wordsOfOther(address, change.after);
    const isSame = before !== undefined && after !== undefined && haveSameClauses(before, after);
    if (isSame) equal.push(rewritingOf(change, change, change.after!));
    else open.push({ change, before, after });
  }
  const found = open.length === 0 ? [] : await findCounterparts(open, openScratch);
  return rewriteSchema(schema, [...equal, ...found]);
}

/** What both sides have, and what is under another name perhaps: a field that was removed where another was added. */
function mayHaveCounterpart(changes: readonly SchemaChange[]): (change: SchemaChange) => boolean {
  const groups = (kind: SchemaChange["change"]) =>
    new Set(changes.filter(({ change }) => change === kind).map(groupOf));
  const [added, removed] = [groups("added"), groups("removed")];
  return (change) =>
    change.change === "modified"
      ? change.before !== undefined
      : change.table !== undefined && added.has(groupOf(change)) && removed.has(groupOf(change));
}

function groupOf({ kind, table = "" }: SchemaChange): string {
  return JSON.stringify([kind, table]);
}
