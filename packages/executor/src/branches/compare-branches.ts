import type { Database } from "@surql/connection";
import type { Migration } from "@surql/migration";
import type { BranchComparison, BranchConflict } from "./branch-conflict.ts";
import { forkOf, type Fork } from "./fork.ts";
import { forkNotes } from "./fork-notes.ts";
import { rehearseFork, type RehearsedFork } from "./rehearse-fork.ts";
import { keysOfDifferences } from "./rehearse-ups.ts";
import { names } from "./touching.ts";

/**
 * Says whether branches fit together: each two of them are applied behind what they have in common, once in each order, in an engine
 * in memory, and the schemas are compared. A database that got one branch first must be the same as one that got the other first.
 *
 * @param scratch An engine in memory: a `mem://` database, or `db.openScratch()`. Nothing is written to it.
 * @param heads Versions of which none builds on another.
 * @throws `GRAPH.*`, `CONNECTION.*`.
 * @example
 * ```ts
 * const { conflicts } = await compareBranches(scratch, migrations, buildVersionGraph(migrations).heads());
 * for (const { description } of conflicts) console.log(description);
 * ```
 */
export async function compareBranches(
  scratch: Database,
  migrations: readonly Migration[],
  heads: readonly string[],
): Promise<BranchComparison> {
  const pairs = heads.flatMap((one, at) =>
    heads.slice(at + 1).map((other): readonly [string, string] => [one, other]),
  );
  const found: BranchComparison[] = [];
  for (const pair of pairs) found.push(await compareFork(scratch, forkOf(migrations, pair)));
  return {
    conflicts: found.flatMap(({ conflicts }) => conflicts),
    notes: [...new Set(found.flatMap(({ notes }) => notes))],
  };
}

async function compareFork(scratch: Database, fork: Fork): Promise<BranchComparison> {
  const rehearsed = await rehearseFork(scratch, fork);
  if ("why" in rehearsed) return { conflicts: [], notes: [`Not compared: ${rehearsed.why}`] };
  const failures = failuresIn(fork, rehearsed);
  const conflicts = failures.length > 0 ? failures : differencesIn(fork, rehearsed);
  return { conflicts, notes: forkNotes(fork, rehearsed, conflicts) };
}

/** Of each order, what fails in it: the branch that comes second, for it does not by itself. */
function failuresIn({ heads }: Fork, { both }: RehearsedFork): readonly BranchConflict[] {
  return both.flatMap(({ failure }, position): readonly BranchConflict[] => {
    if (failure === undefined) return [];
    const { version, line, reason } = failure;
    const description = `${version} fails behind ${heads[position]}, in line ${line}: ${reason}`;
    const object = { path: version, kind: "migration", name: version };
    return [{ heads, reason: "fails", ...object, versions: [version], description }];
  });
}

function differencesIn(
  { heads, sides }: Fork,
  { both: [ahead, behind] }: RehearsedFork,
): readonly BranchConflict[] {
  return [...keysOfDifferences(ahead.objects, behind.objects)].flatMap((key) => {
    const object = ahead.objects.get(key) ?? behind.objects.get(key);
    if (object === undefined) return [];
    const { path, kind, table, name } = object;
    const versions = sides
      .flat()
      .filter(({ up }) => names(up, object))
      .map(({ version }) => version);
    const by = versions.length === 0 ? "" : ` (${versions.join(", ")})`;
    return [
      {
        heads,
        reason: "order" as const,
        path,
        kind,
        ...(table !== undefined && { table }),
        name,
        versions,
        description: `${path} depends on which of ${heads.join(" and ")} is applied first${by}.`,
      },
    ];
  });
}
