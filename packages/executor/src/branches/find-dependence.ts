import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import type { Migration } from "@surql/migration";
import { objectKey, type RehearsedOutcome, type RollbackIssue } from "@surql/safety-analyzer";
import type { SchemaChange } from "@surql/snapshot";
import { readingOf, type Statement } from "@surql/surrealql";
import { keysOfDifferences, rehearseUps, type RehearsedUps } from "./rehearse-ups.ts";

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
  if ("why" in trunk) return [untold(rollback, trunk.why)];
  if ("why" in alone) return [untold(rollback, alone.why)];
  if (alone.failure !== undefined) {
    const all = await rehearseUps(open, filesOf(upward));
    const { version, line, reason } = alone.failure;
    const fails = `the up of ${version} fails in line ${line}: ${reason}`;
    return "why" in all || all.failure !== undefined
      ? [untold(rollback, fails)]
      : [restsOn(rollback, version, fails)];
  }
  const unproven = alone.unproven.filter((version) => staying.includes(version));
  return [
    ...brokenObjects(rollback, outcome, trunk, alone),
    ...(unproven.length === 0
      ? []
      : [untold(rollback, `what ${unproven.join(", ")} does is not seen without records`)]),
  ];
}

/** What the rollback leaves in another state than the migrations that stay give it. */
function brokenObjects(
  { migrations, down, staying }: PartialRollback,
  { changes }: RehearsedOutcome,
  trunk: RehearsedUps,
  alone: RehearsedUps,
): readonly RollbackIssue[] {
  const theirs = keysOfDifferences(trunk.objects, alone.objects);
  return changes.flatMap((change): readonly RollbackIssue[] => {
    const key = objectKey(change);
    if (!theirs.has(key) || change.after === alone.objects.get(key)?.after) return [];
    const { kind, table, name, path } = change;
    const culprit = down.find((one) => touches(one.down, change)) ?? down[0]!;
    const owners = migrations
      .filter(({ version, up }) => staying.includes(version) && touches(up, change))
      .map(({ version }) => version);
    const whose = (owners.length > 0 ? owners : staying).join(", ");
    const does = change.after === undefined ? "removes" : "changes";
    return [
      {
        safety: "unsafe",
        code: "not_independent",
        migration: culprit.version,
        description: `The way back ${does} ${path}, which ${whose} made or changed, and ${whose} stays: by itself it gives another one.`,
        recommendation: together(whose),
        object: { kind, ...(table !== undefined && { table }), name },
      },
    ];
  });
}

function touches(statements: readonly Statement[], object: SchemaChange): boolean {
  const key = objectKey(object);
  return statements.some((statement) =>
    readingOf(statement).touches.some(
      (touch) => "object" in touch && objectKey(touch.object) === key,
    ),
  );
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
