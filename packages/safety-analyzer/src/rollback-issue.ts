/** How much a rollback costs: nothing, data, or more than can be told. */
export type RollbackSafety = "safe" | "data_loss" | "unsafe";

/** The object that an issue is about. */
export interface IssueObject {
  /** `table`, `field`, `index`, `function`, … or `migration`. */
  readonly kind: string;
  /** The table that it belongs to, for fields, indexes and events. */
  readonly table?: string | undefined;
  readonly name: string;
}

/** How many records an issue concerns. */
export interface Impact {
  readonly records: number;
  /** `false` where the number is an upper bound, or an estimate from a sample. */
  readonly exact: boolean;
  /** How many records were looked at, where it was not all of them. */
  readonly sample?: number | undefined;
}

/** What a policy made of an issue. */
export interface AppliedPolicy {
  /** The level that the analysis had given. */
  readonly level: RollbackSafety;
  readonly reason: string;
  /** Set when it demands an approval whatever the level. */
  readonly requireApproval?: true | undefined;
}

/** What an issue rests on. Where the two do not agree, the worse one stands. */
export interface Evidence {
  /** Whether the text of the statement says it. */
  readonly reading: boolean;
  /** Whether it was seen when the plan was tried; left out where a trial could not show it. */
  readonly rehearsal?: boolean | undefined;
}

/** One thing that a rollback would cost. A plain value. */
export interface RollbackIssue {
  readonly safety: RollbackSafety;
  /** Stable name of the kind of issue, such as `table_removed`. See {@link IssueCode} for ours. */
  readonly code: string;
  /** Version of the migration whose script does it. */
  readonly migration: string;
  /** What will happen, in sentences. */
  readonly description: string;
  /** The data concerned, such as `all 1,204 records of user`. */
  readonly affectedData?: string | undefined;
  /** What to do about it: SurrealQL that can be run, or a `surql` command. */
  readonly recommendation?: string | undefined;
  /** The statement that does it, secrets taken out. */
  readonly statement?: string | undefined;
  readonly object?: IssueObject | undefined;
  /** Left out where nothing was counted. */
  readonly impact?: Impact | undefined;
  /** Set when the plan was rehearsed. */
  readonly evidence?: Evidence | undefined;
  /** Set when a policy changed its level, or demands an approval. */
  readonly policy?: AppliedPolicy | undefined;
}

/** The codes of the built-in rules. */
export type IssueCode =
  | "table_removed"
  | "field_removed"
  | "records_deleted"
  | "records_changed"
  | "field_type_changed"
  | "constraint_narrowed"
  | "writes_blocked"
  | "writes_discarded"
  | "index_would_fail"
  | "index_hazard"
  | "state_lost"
  | "dependency_broken"
  | "access_widened"
  | "side_effects"
  | "rehearsal_failed"
  | "irreversible"
  | "unknown";

/** The levels, from the best to the worst. */
export const safetyLevels: readonly RollbackSafety[] = ["safe", "data_loss", "unsafe"];

/**
 * The worst of some levels; `safe` when there is none.
 *
 * @example
 * ```ts
 * worstSafety(["safe", "data_loss"]); // "data_loss"
 * ```
 */
export function worstSafety(levels: Iterable<RollbackSafety>): RollbackSafety {
  let worst: RollbackSafety = "safe";
  for (const level of levels) {
    if (safetyLevels.indexOf(level) > safetyLevels.indexOf(worst)) worst = level;
  }
  return worst;
}

/** The table that something is about: itself, or the one that it belongs to. */
export function homeTable({
  object,
}: {
  readonly object?: Pick<IssueObject, "kind" | "table" | "name"> | undefined;
}): string | undefined {
  return object?.kind === "table" ? object.name : object?.table;
}
