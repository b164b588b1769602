import type { Database } from "@surql/connection";
import { buildVersionGraph } from "@surql/graph";
import type { Migration } from "@surql/migration";
import { objectKey } from "@surql/safety-analyzer";
import type { SchemaChange } from "@surql/snapshot";
import { readingOf } from "@surql/surrealql";
import type { BranchComparison, BranchConflict } from "./branch-conflict.ts";
import { keysOfDifferences, rehearseUps, type RehearsedUps } from "./rehearse-ups.ts";

/** Two branches, from where they part. */
interface Fork {
  readonly heads: readonly [string, string];
  /** What both build on, in order. */
  readonly base: readonly Migration[];
  /** What only one of them has, in order. */
  readonly sides: readonly [readonly Migration[], readonly Migration[]];
}

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
  const conflicts: BranchConflict[] = [];
  const notes: string[] = [];
  for (const [at, one] of heads.entries()) {
    for (const other of heads.slice(at + 1)) {
      const found = await compareFork(scratch, forkOf(migrations, [one, other]));
      conflicts.push(...found.conflicts);
      notes.push(...found.notes);
    }
  }
  return { conflicts, notes: [...new Set(notes)] };
}

function forkOf(migrations: readonly Migration[], heads: readonly [string, string]): Fork {
  const graph = buildVersionGraph(migrations);
  const [one, other] = heads.map((head) => new Set([...graph.getAncestors(head), head])) as [
    Set<string>,
    Set<string>,
  ];
  const files = new Map(migrations.map((migration) => [migration.version, migration]));
  const where = (accept: (version: string) => boolean): readonly Migration[] =>
    graph
      .topologicalOrder()
      .filter(accept)
      .flatMap((version) => files.get(version) ?? []);
  return {
    heads,
    base: where((version) => one.has(version) && other.has(version)),
    sides: [
      where((version) => one.has(version) && !other.has(version)),
      where((version) => other.has(version) && !one.has(version)),
    ],
  };
}

async function compareFork(scratch: Database, fork: Fork): Promise<BranchComparison> {
  const { base, sides, heads } = fork;
  const [one, other] = sides;
  const runs: RehearsedUps[] = [];
  for (const order of [[], one, other, [...one, ...other], [...other, ...one]]) {
    const run = await rehearseUps(scratch, [...base, ...order]);
    if ("why" in run) return { conflicts: [], notes: [`Not tried: ${run.why}`] };
    runs.push(run);
  }
  const [trunk, ...orders] = runs as [
    RehearsedUps,
    RehearsedUps,
    RehearsedUps,
    RehearsedUps,
    RehearsedUps,
  ];
  const [first, second, oneThenOther, otherThenOne] = orders;
  const broken = [trunk, first, second].find(({ failure }) => failure !== undefined)?.failure;
  if (broken !== undefined) {
    const note = `Not compared: the up of ${broken.version} fails by itself in line ${broken.line}: ${broken.reason}`;
    return { conflicts: [], notes: [note] };
  }
  const failures = [oneThenOther, otherThenOne].flatMap(
    ({ failure }): readonly BranchConflict[] => {
      if (failure === undefined) return [];
      const { version, line, reason } = failure;
      const behind = one.some((migration) => migration.version === version) ? heads[1] : heads[0];
      const description = `${version} fails behind ${behind}, in line ${line}: ${reason}`;
      const object = { path: version, kind: "migration", name: version };
      return [{ heads, reason: "fails", ...object, versions: [version], description }];
    },
  );
  const changed = [first, second].map(({ objects }) => keysOfDifferences(trunk.objects, objects));
  const differing =
    failures.length > 0
      ? new Set<string>()
      : keysOfDifferences(oneThenOther.objects, otherThenOne.objects);
  const orderly = [...differing].flatMap((key): readonly BranchConflict[] => {
    const object = oneThenOther.objects.get(key) ?? otherThenOne.objects.get(key);
    return object === undefined ? [] : [orderConflict(fork, object)];
  });
  const both = [...changed[0]!].filter((key) => changed[1]!.has(key) && !differing.has(key));
  const agreed =
    failures.length > 0
      ? []
      : both.flatMap((key) => first.objects.get(key)?.path ?? trunk.objects.get(key)?.path ?? []);
  const unproven = new Set(runs.flatMap((run) => run.unproven));
  return {
    conflicts: [...failures, ...orderly],
    notes: [
      ...(agreed.length === 0
        ? []
        : [`${heads.join(" and ")} both change ${agreed.join(", ")}, and agree.`]),
      ...(unproven.size === 0 || failures.length > 0
        ? []
        : [`What these do is not seen without records: ${[...unproven].join(", ")}.`]),
    ],
  };
}

function orderConflict(
  { heads, sides }: Fork,
  { path, kind, table, name }: SchemaChange,
): BranchConflict {
  const key = objectKey({ kind, table, name });
  const versions = sides
    .flat()
    .filter(({ up }) =>
      up.some((statement) =>
        readingOf(statement).touches.some(
          (touch) => "object" in touch && objectKey(touch.object) === key,
        ),
      ),
    )
    .map(({ version }) => version);
  const by = versions.length === 0 ? "" : ` (${versions.join(", ")})`;
  return {
    heads,
    reason: "order",
    path,
    kind,
    ...(table !== undefined && { table }),
    name,
    versions,
    description: `${path} depends on which of ${heads.join(" and ")} is applied first${by}.`,
  };
}
