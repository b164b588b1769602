import type { PlanProgress } from "@surql/history";
import { objectKey } from "@surql/safety-analyzer";
import { readStatement } from "@surql/surrealql";
import { statementPositions } from "../half/statement-positions.ts";
import type { GroundChange } from "./ground-change.ts";
import type { PlannedMigration, RollbackPlan } from "./rollback-plan.ts";

/** What an interrupted run of a plan has left to do. */
export interface PlanRest {
  /** The plan with what is left of it; its hash is that of the whole. */
  readonly plan: RollbackPlan;
  /** The statements that are done. */
  readonly done: readonly string[];
}

/** Takes out of a plan what an interrupted run of it has done. Pure. */
export function restOfPlan(plan: RollbackPlan, { finished, halfWay }: PlanProgress): PlanRest {
  const gone = new Set(finished);
  const left = plan.migrations.filter(({ version }) => !gone.has(version));
  const migrations = left.map((one) => {
    const progress = halfWay.get(one.version);
    return progress?.direction === "down" ? behind(one, progress.statementsDone) : one;
  });
  const { ground } = plan;
  const kept = new Map(migrations.map((one) => [one.version, one.statements.length]));
  return {
    plan: {
      ...plan,
      migrations,
      migrationCount: migrations.length,
      assumptions: plan.assumptions.filter(
        // What was approved may have been changed by what is done; that of a migration that was begun is done with.
        ({ migration, atMost }) =>
          atMost === undefined &&
          kept.get(migration) ===
            plan.migrations.find(({ version }) => version === migration)?.statements.length,
      ),
      ground: {
        ...ground,
        history: ground.history.filter(({ version }) => !gone.has(version)),
        applied: ground.applied.filter((version) => !gone.has(version)),
      },
    },
    done: plan.migrations.flatMap(({ version, statements }) =>
      statements.slice(0, statements.length - (kept.get(version) ?? 0)),
    ),
  };
}

/** A migration of a plan from behind the statements of which so many are done. */
function behind(planned: PlannedMigration, statementsDone: number): PlannedMigration {
  const positions = statementPositions(planned);
  const isLeft = (_: unknown, at: number): boolean => (positions[at] ?? 0) >= statementsDone;
  return {
    ...planned,
    statements: planned.statements.filter(isLeft),
    statementHashes: planned.statementHashes.filter(isLeft),
    lines: planned.lines.filter(isLeft),
    statementsDone,
  };
}

/**
 * Leaves out of what has changed since a plan was made what it has changed itself: each object may be as it is when the plan is
 * through, and one that a statement has dealt with that is done, in a state between. Pure.
 */
export function changedByOthers(
  changes: readonly GroundChange[],
  { plan, done }: PlanRest,
  hashOf: (path: string) => string | null,
): readonly GroundChange[] {
  const after = new Map((plan.outcome?.objects ?? []).map((one) => [one.path, one.hash]));
  const objects = new Map(
    [...plan.ground.objects, ...(plan.outcome?.objects ?? [])].map((one) => [one.path, one]),
  );
  const touches = done.flatMap((text) => readStatement(text).touches);
  const touched = new Set(
    touches.flatMap((one) => ("object" in one ? [objectKey(one.object)] : [])),
  );
  const removed = new Set(
    touches.flatMap((one) =>
      one.effect === "remove" && one.object.kind === "table" ? [one.object.name] : [],
    ),
  );
  return changes.filter(({ path }) => {
    if (after.has(path) && after.get(path) === hashOf(path)) return false;
    const object = objects.get(path);
    if (object === undefined) return true;
    return !touched.has(objectKey(object)) && !removed.has(object.table ?? "");
  });
}
