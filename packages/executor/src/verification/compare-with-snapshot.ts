import { compareSchemas, emptySchema, type Schema, type SchemaSnapshot } from "@surql/snapshot";
import { objectKey } from "@surql/safety-analyzer";
import { plannedObject, type PlannedObject } from "../plan/planned-object.ts";
import type { PlannedOutcome } from "../plan/plan-outcome.ts";
import { touchedObjects } from "./touched-objects.ts";

/** An object that will not be as the snapshot of the target has it. */
export interface SnapshotDifference {
  /** `user.bio`. */
  readonly path: string;
  /** The definition that the plan leaves; `null` when there will be none. */
  readonly planned: string | null;
  /** The definition in the snapshot; `null` when there is none. */
  readonly snapshot: string | null;
}

/** The stored snapshot of the version that a plan goes back to, and what will not be as it was then. */
export interface TargetSnapshot {
  readonly version: string;
  readonly checksum: string;
  /** Of the objects that the plan touches; what it has nothing to do with may have drifted. */
  readonly differences: readonly SnapshotDifference[];
}

/**
 * Says which of the objects that a plan touches will not be as the snapshot of its target has them. Pure.
 *
 * @param statements The statements of the plan.
 * @param before The schema before it.
 */
export function compareWithSnapshot(
  snapshot: SchemaSnapshot,
  statements: readonly string[],
  before: Schema,
  outcome: PlannedOutcome,
): TargetSnapshot {
  const now = objectsOf(before);
  const then = objectsOf(snapshot);
  const after = new Map(now);
  for (const object of outcome.objects) after.set(objectKey(object), object);
  const unknown = new Set(outcome.unknown.map(objectKey));
  const touched = touchedObjects(statements, outcome).keys;
  const differences = [...touched].flatMap((key): readonly SnapshotDifference[] => {
    const [planned, wanted] = [after.get(key), then.get(key)];
    const object = planned ?? wanted;
    if (object === undefined || unknown.has(key)) return [];
    if ((planned?.hash ?? null) === (wanted?.hash ?? null)) return [];
    return [{ path: object.path, planned: planned?.text ?? null, snapshot: wanted?.text ?? null }];
  });
  const { version, checksum } = snapshot;
  return {
    version,
    checksum,
    differences: differences.toSorted((one, other) => (one.path < other.path ? -1 : 1)),
  };
}

function objectsOf(schema: Schema): Map<string, PlannedObject> {
  return new Map(
    compareSchemas(emptySchema, schema).map(({ after, ...object }) => [
      objectKey(object),
      plannedObject({ ...object, text: after }),
    ]),
  );
}

/** What a plan says about it, one sentence for each object. */
export function snapshotNotes(target: TargetSnapshot | undefined): readonly string[] {
  return (target?.differences ?? []).map(
    ({ path, planned, snapshot }) =>
      `Will not be as in the snapshot of ${target?.version}, and is refused unless that is accepted (--accept-difference): ${path} is ${planned ?? "not there"} instead of ${snapshot ?? "not there"}.`,
  );
}
