import { objectKey, type RehearsedOutcome } from "@surql/safety-analyzer";
import { compareSchemas, type Schema } from "@surql/snapshot";
import { readStatement } from "@surql/surrealql";
import type { PlanRehearsal } from "../rehearsal/rehearse-plan.ts";

/**
 * What a plan made of the schema of the live database, where all records were: it stands before what a scratch engine showed,
 * but for the indexes, which are not built in a rehearsal. Pure.
 *
 * @param before The schema before the plan.
 * @param shown What the scratch engine showed, if there was one.
 */
export function liveOutcome(
  { rehearsal, schema: after, leftOut }: PlanRehearsal,
  before: Schema,
  shown: RehearsedOutcome | undefined,
  engineVersion: string,
): RehearsedOutcome | undefined {
  if (after === undefined || !rehearsal.success) return shown;
  const touches = leftOut.flatMap((text) => readStatement(text).touches);
  const notBuilt = new Set(
    touches.flatMap((touch) => ("object" in touch ? [objectKey(touch.object)] : [])),
  );
  const isBuilt = (change: Parameters<typeof objectKey>[0]): boolean =>
    !notBuilt.has(objectKey(change));
  const isShown = shown !== undefined && shown.unproven.length === 0;
  return {
    engineVersion,
    changes: [
      ...compareSchemas(before, after).filter(isBuilt),
      ...(isShown ? shown.changes.filter((change) => !isBuilt(change)) : []),
    ],
    omitted: [],
    unproven: isShown ? [] : leftOut.map((text) => ({ text, line: 1, column: 1 })),
  };
}
