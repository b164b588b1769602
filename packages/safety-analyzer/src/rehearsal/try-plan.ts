import { serverReason } from "@surql/errors";
import {
  captureSchema,
  compareSchemas,
  unreadableTables,
  type Schema,
  type SchemaChange,
} from "@surql/snapshot";
import type { Statement } from "@surql/surrealql";
import type { Cut } from "./cut-plan.ts";
import type { Ground, Mishap } from "./ground.ts";
import type { Unit } from "./plan-units.ts";
import type { MishapMeaning } from "./read-mishap.ts";
import type { RehearsedFailure, RehearsedSegment } from "./schema-rehearsal.ts";

/** What came of a plan on a ground. */
export interface Trying {
  readonly segments: readonly RehearsedSegment[];
  readonly failures: readonly RehearsedFailure[];
  readonly unproven: ReadonlyMap<Statement, string>;
}

/** How a plan is tried. */
export interface TryOptions {
  /** The schema on the ground before the plan. */
  readonly before: Schema;
  /** Why a unit is not to be run there; `undefined` when it is. */
  readonly leavesOut: (unit: Unit) => string | undefined;
  readonly meaningOf: (mishap: Mishap) => MishapMeaning;
}

/**
 * Runs a plan and looks at the schema after each cut. What only the ground cannot do does not stop it; the first
 * statement that fails by itself does.
 */
export async function tryPlan(
  ground: Ground,
  cuts: readonly Cut[],
  { before, leavesOut, meaningOf }: TryOptions,
): Promise<Trying> {
  const segments: RehearsedSegment[] = [];
  const failures: RehearsedFailure[] = [];
  const unproven = new Map<Statement, string>();
  const unreadable = unreadableTables(before);
  let schema = before;
  let stop: string | undefined;
  let hasGap = false;

  const runUnit = async (unit: Unit): Promise<boolean> => {
    const skip = (why: string): false => {
      for (const { statement } of unit) unproven.set(statement, why);
      return false;
    };
    const why = stop ?? leavesOut(unit);
    if (why !== undefined) {
      hasGap = true;
      return skip(why);
    }
    const mishap = await ground.run(unit);
    if (mishap === undefined) return true;
    // What is left out of a scratch engine might have done anything that this one needs.
    const isBlind = hasGap && ground.kind === "scratch";
    const meaning = isBlind ? "cannot be tried here" : meaningOf(mishap);
    const { placed, error } = mishap;
    const reason = serverReason(error);
    if (meaning === "cannot be tried here") return skip(reason);
    failures.push({ ...placed, reason, lacksRecords: meaning === "lacks records" });
    if (meaning === "fails") stop = "it stands behind a statement that fails";
    return skip(`it failed: ${reason}`);
  };

  for (const cut of cuts) {
    let hasRun = false;
    for (const unit of cut) hasRun = (await runUnit(unit)) || hasRun;
    let changes: readonly SchemaChange[] = [];
    if (hasRun) {
      const after = await captureSchema(ground.reader, { unreadable });
      changes = compareSchemas(schema, after);
      schema = after;
    }
    segments.push({ statements: cut.flat(), changes });
  }
  return { segments, failures, unproven };
}
