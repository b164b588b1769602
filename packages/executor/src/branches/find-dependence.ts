import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import type { Migration } from "@surql/migration";
import { objectKey, type RehearsedOutcome, type RollbackIssue } from "@surql/safety-analyzer";
import type { SchemaChange } from "@surql/snapshot";
import { keysOfDifferences, rehearseUps, type RehearsedUps } from "./rehearse-ups.ts";
import { names } from "./touching.ts";

/** A rollback that leaves something applied which is newer than its target. */
export interface PartialRollback {
  readonly migrations: readonly Migration[];
  /** All applied versions, parents first. */
  readonly upward: readonly string[];
  /** Newest first. */
  readonly down: readonly Migration[];
  readonly staying: readonly string[];
  /** What the rollback makes of the schema; left out where that was not rehearsed. */
  readonly outcome?: RehearsedOutcome | undefined;
}

/**
 * Says in what the migrations that stay rest on those that are rolled back. What stays is applied by itself in an engine in memory: nothing
 * of it may fail there, and what it makes there has to be what the rollback leaves of it.
 *
 * @returns Issues of the code `not_independent`, all `unsafe`; also where it cannot be told.
 */
export async function findDependence(
  db: Database,
  rollback: PartialRollback,
): Promise<readonly RollbackIssue[]> {
  const { migrations, upward, down, staying, outcome } = rollback;
  if (down.length === 0 || staying.length === 0 || outcome === undefined) return [];
  const gone = new Set(down.map(({ version }) => version));
  const files = new Map(migrations.map((migration) => [migration.version, migration]));
  const left = upward.filter((version) => !gone.has(version));
  const unread = left.filter((version) => !files.has(version) || files.get(version)!.withheld);
  if (unread.length > 0) return [untold(rollback, `there is no up script of ${unread.join(", ")}`)];
  const filesOf = (versions: readonly string[]): readonly Migration[] =>
    versions.flatMap((version) => files.get(version) ?? []);

  const scratch = await openScratch(db);
  if (scratch === undefined) return [untold(rollback, "no engine in memory can be had")];
  await using open = scratch;
  const trunk = await rehearseUps(
    open,
    filesOf(left.filter((version) => !staying.includes(version))),
  );
  const alone = await rehearseUps(open, filesOf(left));
  const all = await rehearseUps(open, filesOf(upward));
  for (const run of [trunk, alone, all]) if ("why" in run) return [untold(rollback, run.why)];
  const runs = { trunk, alone, all } as Runs;
  const { failure = runs.all.failure } = runs.alone;
  if (failure !== undefined) {
    const { version, line, reason } = failure;
    const fails = `the up of ${version} fails in line ${line}: ${reason}`;
    const isDue = runs.all.failure === undefined;
    return [isDue ? restsOn(rollback, version, fails) : untold(rollback, fails)];
  }
  const unproven = runs.alone.unproven.filter((version) => staying.includes(version));
  return [
    ...brokenObjects(rollback, outcome, runs),
    ...(unproven.length === 0
      ? []
      : [untold(rollback, `what ${unproven.join(", ")} does is not seen without records`)]),
  ];
}

/** What is made by what the target builds on, by all that stays, and by all that is applied. */
interface Runs {
  readonly trunk: RehearsedUps;
  readonly alone: RehearsedUps;
  readonly all: RehearsedUps;
}

/** What of the migrations that stay is not as they give it by themselves. */
function brokenObjects(
  rollback: PartialRollback,
  { changes }: RehearsedOutcome,
  { trunk, alone, all }: Runs,
): readonly RollbackIssue[] {
  const changed = new Map(changes.map((change) => [objectKey(change), change]));
  return [...keysOfDifferences(trunk.objects, alone.objects)].flatMap((key) => {
    const wanted = alone.objects.get(key)?.after;
    const change = changed.get(key);
    // What the rollback does not change stays as all of them together gave it.
    const object = change ?? all.objects.get(key);
    const after = change === undefined ? all.objects.get(key)?.after : change.after;
    if (after === wanted) return [];
    const does =
      change === undefined ? "leaves" : change.after === undefined ? "removes" : "changes";
    const about = object ?? alone.objects.get(key);
    return about === undefined ? [] : [broken(rollback, about, does)];
  });
}

function broken(
  { migrations, down, staying }: PartialRollback,
  object: SchemaChange,
  does: "leaves" | "removes" | "changes",
): RollbackIssue {
  const { kind, table, name, path } = object;
  const culprit =
    down.find((one) => names(one.down, object)) ??
    down.find((one) => names(one.up, object)) ??
    down[0]!;
  const owners = migrations
    .filter(({ version, up }) => staying.includes(version) && names(up, object))
    .map(({ version }) => version);
  const whose = (owners.length > 0 ? owners : staying).join(", ");
  const how =
    does === "leaves" ? `leaves ${path} as ${culprit.version} changed it` : `${does} ${path}`;
  return {
    safety: "unsafe",
    code: "not_independent",
    migration: culprit.version,
    description: `The way back ${how}. ${whose} made or changed it, stays, and gives another one by itself.`,
    recommendation: together(whose),
    object: { kind, ...(table !== undefined && { table }), name },
  };
}

function restsOn({ down }: PartialRollback, version: string, fails: string): RollbackIssue {
  const gone = down.map((migration) => migration.version).join(", ");
  return {
    safety: "unsafe",
    code: "not_independent",
    migration: down[0]!.version,
    description: `${version} stays, and rests on what goes: without ${gone}, ${fails}.`,
    recommendation: together(version),
    object: { kind: "migration", name: version },
  };
}

function untold({ down, staying }: PartialRollback, why: string): RollbackIssue {
  return {
    safety: "unsafe",
    code: "not_independent",
    migration: down[0]!.version,
    description: `Whether ${staying.join(", ")}, which stays, is independent of what goes cannot be told: ${why}.`,
    recommendation: together(staying.join(", ")),
    object: { kind: "migration", name: staying[0]! },
  };
}

function together(versions: string): string {
  return `Roll ${versions} back as well, by naming a version below it without a branch: surql migrate graph`;
}

/** Not every installation has an engine in memory. */
async function openScratch(db: Database): Promise<Database | undefined> {
  try {
    return await db.openScratch();
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    return undefined;
  }
}
