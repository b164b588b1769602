import type { SchemaChange } from "@surql/snapshot";
import { redactSecrets, type Statement } from "@surql/surrealql";
import { objectKey } from "../ground-object.ts";
import type { SchemaRehearsal } from "./schema-rehearsal.ts";

/** What a plan as a whole did to the schema where it was rehearsed. */
export interface RehearsedOutcome {
  /** Version of the engine that it was rehearsed on: another release may spell definitions in another way. */
  readonly engineVersion: string;
  /** Each object that is not as it was before. */
  readonly changes: readonly SchemaChange[];
  /** Paths of the objects that the ground did not hold as the database does. */
  readonly omitted: readonly string[];
  /** Statements that were not run there, or failed: what they do to the schema is not known. Secrets are taken out. */
  readonly unproven: readonly Statement[];
}

/**
 * Puts together what the segments of a rehearsal changed: of an object that several changed, the first state and the last;
 * one that is in the end as it was before is left out. Pure.
 *
 * @example
 * ```ts
 * const rehearsal = await rehearseSteps(db, steps, { schema });
 * if (rehearsal.ground !== "none") rehearsedOutcome(rehearsal).changes; // [{ change: "removed", path: "user.bio", … }]
 * ```
 */
export function rehearsedOutcome({
  segments,
  omitted,
  unproven,
  engineVersion,
}: SchemaRehearsal): RehearsedOutcome {
  const changes = new Map<string, SchemaChange>();
  for (const change of segments.flatMap((segment) => segment.changes)) {
    const key = objectKey(change);
    const { before } = changes.get(key) ?? change;
    const { after } = change;
    if (before === after) changes.delete(key);
    else changes.set(key, { ...change, change: changeBetween(before, after), before, after });
  }
  const told = [...unproven.keys()].map((one) => ({ ...one, text: redactSecrets(one.text) }));
  return { engineVersion, changes: [...changes.values()], omitted, unproven: told };
}

function changeBetween(
  before: string | undefined,
  after: string | undefined,
): SchemaChange["change"] {
  if (before === undefined) return "added";
  return after === undefined ? "removed" : "modified";
}
