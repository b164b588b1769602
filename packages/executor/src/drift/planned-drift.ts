import { objectKey } from "@surql/safety-analyzer";
import type { SchemaChange } from "@surql/snapshot";
import { redactSecrets } from "@surql/surrealql";
import type { PlannedOutcome } from "../plan/plan-outcome.ts";
import { touchedObjects } from "../verification/touched-objects.ts";
import type { FoundDrift } from "./drift-of-now.ts";

/** An object that is not as the snapshot of the current version has it. */
export interface DriftedObject {
  /** `user.bio`. */
  readonly path: string;
  readonly change: SchemaChange["change"];
  /** The definition in the snapshot, secrets taken out; `null` when there is none. */
  readonly recorded: string | null;
  /** The definition in the database; `null` when there is none. */
  readonly live: string | null;
  /** Whether the plan changes it: what its author meant it to meet is not what it will meet. */
  readonly touched: boolean;
  /** Why that is right, by a rule. */
  readonly ignored?: string | undefined;
}

/** The stored snapshot of the version that a plan starts from, and how the database differs from it. */
export interface PlannedDrift {
  readonly version: string;
  readonly checksum: string;
  /** Sorted by path. */
  readonly objects: readonly DriftedObject[];
}

/** How many untouched objects a note names. */
const named = 5;

/** Says which drifted objects a plan touches. Pure. */
export function plannedDrift(
  found: FoundDrift | undefined,
  statements: readonly string[],
  outcome: PlannedOutcome | undefined,
): PlannedDrift | undefined {
  if (found === undefined || "note" in found) return undefined;
  const { version, checksum, changes, ignored } = found;
  if (changes.length + ignored.length === 0) return { version, checksum, objects: [] };
  const touched = touchedObjects(statements, outcome);
  const drifted = (change: SchemaChange): DriftedObject => ({
    path: change.path,
    change: change.change,
    recorded: change.before === undefined ? null : redactSecrets(change.before),
    live: change.after === undefined ? null : redactSecrets(change.after),
    touched: touched.keys.has(objectKey(change)) || touched.removed.has(change.table ?? ""),
  });
  const objects = [
    ...changes.map(drifted),
    ...ignored.map((change) => ({ ...drifted(change), ignored: change.reason })),
  ];
  return {
    version,
    checksum,
    objects: objects.toSorted((one, other) => (one.path < other.path ? -1 : 1)),
  };
}

/** The drifted objects that make a plan dangerous. Pure. */
export function touchedDrift(drift: PlannedDrift | undefined): readonly DriftedObject[] {
  return (drift?.objects ?? []).filter(({ touched, ignored }) => touched && ignored === undefined);
}

/** What a plan says about drift. Pure. */
export function driftNotes(drift: PlannedDrift | undefined): readonly string[] {
  if (drift === undefined) return [];
  const { version, objects } = drift;
  const alone = objects.filter(({ touched, ignored }) => !touched && ignored === undefined);
  const covered = objects.filter(({ ignored }) => ignored !== undefined);
  return [
    ...touchedDrift(drift).map(
      (one) =>
        `Changes what is not as the snapshot of ${version} has it, and is refused unless that is accepted (--accept-difference): ${describeDrifted(one)}.`,
    ),
    ...(alone.length > 0
      ? [`Not as the snapshot of ${version} has it, and left alone: ${list(alone)}.`]
      : []),
    ...(covered.length > 0 ? [`Drift that rules cover: ${list(covered)}.`] : []),
  ];
}

/** `user.bio is … instead of …`. */
export function describeDrifted({ path, recorded, live }: DriftedObject): string {
  return `${path} is ${live ?? "not there"} instead of ${recorded ?? "not there"}`;
}

function list(objects: readonly DriftedObject[]): string {
  const more = objects.length > named ? `, and ${objects.length - named} more` : "";
  const shown = objects.slice(0, named).map(({ path, change }) => `${path} (${change})`);
  return shown.join(", ") + more;
}
