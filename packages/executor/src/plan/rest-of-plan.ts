import type { PlanProgress } from "@surql/history";
import { objectKey, type SchemaObject } from "@surql/safety-analyzer";
import { readStatement } from "@surql/surrealql";
import { statementPositions } from "../half/statement-positions.ts";
import type { PlannedMigration, RollbackPlan } from "./rollback-plan.ts";

/** What an interrupted run of a plan has left to do. */
export interface PlanRest {
  /** The plan with what is left of it; its hash is that of the whole. */
  readonly plan: RollbackPlan;
  /** The statements that are done. */
  readonly done: readonly string[];
}

/**
 * Takes out of a plan what an interrupted run of it has done. Pure.
 *
 * @returns `undefined` when it has done nothing.
 */
export function restOfPlan(
  plan: RollbackPlan,
  { finished, halfWay }: PlanProgress,
): PlanRest | undefined {
  const gone = new Set(finished);
  const left = plan.migrations.filter(({ version }) => !gone.has(version));
  const migrations = left.map((one) => {
    const progress = halfWay.get(one.version);
    return progress?.direction === "down" ? behind(one, progress.statementsDone) : one;
  });
  const { ground } = plan;
  const kept = new Map(migrations.map((one) => [one.version, one.statements.length]));
  const done = plan.migrations.flatMap(({ version, statements }) =>
    statements.slice(0, statements.length - (kept.get(version) ?? 0)),
  );
  if (done.length + finished.length === 0) return undefined;
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
    done,
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
 * Says of an object whether what an interrupted run has done explains how it is now: as it is when the plan is through, or,
 * where a statement that is done has dealt with it, in a state between. Pure.
 *
 * @param now The hashes of what is there, by {@link objectKey}.
 */
export function explainedBy(
  { plan, done }: PlanRest,
  now: ReadonlyMap<string, string>,
): (object: SchemaObject) => boolean {
  const after = new Map((plan.outcome?.objects ?? []).map((one) => [objectKey(one), one.hash]));
  const touches = done.flatMap((text) => readStatement(text).touches);
  const touched = new Set(
    touches.flatMap((one) => ("object" in one ? [objectKey(one.object)] : [])),
  );
  const removed = new Set(
    touches.flatMap((one) =>
      one.effect === "remove" && one.object.kind === "table" ? [one.object.name] : [],
    ),
  );
  return (object) => {
    const key = objectKey(object);
    if (after.has(key) && after.get(key) === (now.get(key) ?? null)) return true;
    return touched.has(key) || removed.has(object.table ?? "");
  };
}
