import type { RehearsedOutcome } from "@surql/safety-analyzer";
import { objectPath } from "@surql/snapshot";
import { readStatement } from "@surql/surrealql";
import { plannedObject, type PlannedObject } from "./planned-object.ts";

/** What a plan makes of the schema, as its rehearsal showed. */
export interface PlannedOutcome {
  /** Version of the engine that it was seen on; another release may spell definitions in another way. */
  readonly engineVersion: string;
  /** Each object that is not as it was before, as it is afterwards. */
  readonly objects: readonly PlannedObject[];
  /** Paths of the objects of which it is not known, with all that belongs to them. */
  readonly unknown: readonly string[];
  /** `false` where more may change than is told. */
  readonly isComplete: boolean;
}

/** Makes the outcome of a rehearsal ready to be kept in a plan. Pure. */
export function plannedOutcome({
  engineVersion,
  changes,
  omitted,
  unproven,
}: RehearsedOutcome): PlannedOutcome {
  const touches = unproven.flatMap(({ text }) => readStatement(text).touches);
  const unknown = touches.flatMap((touch) => ("object" in touch ? [objectPath(touch.object)] : []));
  return {
    engineVersion,
    objects: changes
      .map(({ after, ...object }) => plannedObject({ ...object, text: after }))
      .toSorted((one, other) => (one.path < other.path ? -1 : 1)),
    unknown: [...new Set([...omitted, ...unknown])].toSorted(),
    isComplete: touches.every(({ effect }) => !["write", "call", "unknown"].includes(effect)),
  };
}
