import type { Database } from "@surql/connection";
import type { AppliedMigration, Progress } from "@surql/history";
import type { Migration } from "@surql/migration";
import {
  applyPolicies,
  overallVerdict,
  type SafetyPolicy,
  type SafetyVerdict,
} from "@surql/safety-analyzer";
import type { Schema } from "@surql/snapshot";
import { doneOf } from "../half/down-scripts.ts";
import { computeDowns } from "./compute-downs.ts";
import { lacksDown, withComputed, type ComputedDowns } from "./computed-down.ts";
import { computedIssues } from "./computed-issues.ts";

/** The migrations of a plan, with computed ways back where they have none. */
export interface PlannedDowns extends ComputedDowns {
  /** As they were loaded, newest first. */
  readonly loaded: readonly Migration[];
  /** What is planned, newest first. */
  readonly down: readonly Migration[];
  readonly isWanted: boolean;
}

/**
 * Computes ways back for the migrations of a plan that have none. Where that is not wanted, it is only looked whether it could be done, for
 * the advice. Asks nothing where each has one.
 *
 * @throws `CONNECTION.*`.
 */
export async function planFromSnapshots(
  db: Database,
  loaded: readonly Migration[],
  ground: {
    readonly ledger: readonly AppliedMigration[];
    readonly unfinished: ReadonlyMap<string, Progress>;
    readonly schema: Schema;
  },
  isWanted: boolean,
): Promise<PlannedDowns> {
  if (!loaded.some(lacksDown)) {
    return { loaded, down: loaded, isWanted, computed: new Map(), refused: new Map() };
  }
  const downs = await computeDowns(db, loaded, ground);
  const { computed, refused } = downs;
  const down = loaded.map((migration) => {
    if (!isWanted) return migration;
    const way = computed.get(migration.version);
    if (way !== undefined) {
      return withComputed(migration, way, doneOf(migration, ground.unfinished));
    }
    const why = refused.get(migration.version);
    if (why === undefined) return migration;
    const { irreversible = "It has no down script." } = migration;
    return {
      ...migration,
      irreversible: `${irreversible} Nor can one be computed from snapshots: ${why}.`,
    };
  });
  return { ...downs, loaded, down, isWanted };
}

/** Says in a verdict which ways back are computed, and what they leave; or, where none was wanted, that they could be. Pure. */
export function tellComputed(
  verdict: SafetyVerdict,
  { loaded, computed, isWanted }: PlannedDowns,
  {
    target,
    branch,
    policies = [],
  }: {
    readonly target: string;
    readonly branch?: string | undefined;
    readonly policies?: readonly SafetyPolicy[] | undefined;
  },
): SafetyVerdict {
  if (computed.size === 0) return verdict;
  if (!isWanted) {
    const along = branch === undefined ? "" : ` --branch ${branch}`;
    const recommendation = `Its way back can be computed from stored snapshots: surql migrate plan-rollback ${target}${along} --from-snapshots`;
    const issues = verdict.issues.map((issue) =>
      issue.code === "irreversible" && computed.has(issue.migration)
        ? { ...issue, recommendation }
        : issue,
    );
    return { ...verdict, issues };
  }
  const told = loaded.flatMap((migration) => {
    const way = computed.get(migration.version);
    return way === undefined ? [] : computedIssues(migration, way);
  });
  // A computed script without a statement is no missing one: nothing of the schema had changed.
  const others = verdict.issues.filter(
    ({ code, migration }) => code !== "irreversible" || !computed.has(migration),
  );
  return { ...verdict, ...overallVerdict([...applyPolicies(told, policies), ...others]) };
}
