import type { RollbackIssue, RollbackSafety, SafetyVerdict } from "@surql/safety-analyzer";
import type { PlannedKeep } from "./planned-keep.ts";

/**
 * Says what the transaction of a rollback has to hold at once although it is large, as issues. Each is as severe as the loss that
 * it is about: a plan becomes no worse by them. Pure.
 */
export function keepIssues(
  kept: readonly PlannedKeep[],
  verdict: Pick<SafetyVerdict, "issues" | "overallSafety">,
): readonly RollbackIssue[] {
  return kept.flatMap((one) =>
    one.held === undefined ? [] : [heldAtOnce(one, one.held, safetyOf(one, verdict))],
  );
}

function heldAtOnce(keep: PlannedKeep, held: number, safety: RollbackSafety): RollbackIssue {
  const { migration, kind, image } = keep;
  const each = kind === "records" && image === undefined ? 35 : 5;
  return {
    safety,
    code: "held_at_once",
    migration,
    description: `The transaction holds ${held} records until it is committed, about ${each} kB each in the memory of the database: ${whyHeld(keep)}.`,
    affectedData: `${held} records of ${keep.table}`,
    object: objectOf(keep),
    impact: { records: held, exact: true },
  };
}

function whyHeld(keep: PlannedKeep): string {
  const { kind, table, image } = keep;
  if (image !== undefined) return "its statements may write so many";
  if (kind === "records")
    return `an image of ${table}, which its statements may write to, is taken there`;
  return kind === "field"
    ? `the values of ${nameOf(keep)} are taken out of the records of a SCHEMAFULL table there`
    : `${nameOf(keep)} cannot be kept in batches before`;
}

/** The worst level of what is said of the same data already; that of the plan, where nothing is. */
function safetyOf(
  { migration, table, field }: PlannedKeep,
  { issues, overallSafety }: Pick<SafetyVerdict, "issues" | "overallSafety">,
): RollbackSafety {
  const levels = issues
    .filter(
      ({ object, ...issue }) =>
        issue.migration === migration &&
        (object?.table ?? object?.name) === table &&
        (field === undefined || object?.name === field),
    )
    .map(({ safety }) => safety);
  const worst = (["unsafe", "data_loss", "safe"] as const).find((one) => levels.includes(one));
  return worst ?? overallSafety;
}

function objectOf({ table, field }: PlannedKeep): RollbackIssue["object"] {
  return field === undefined
    ? { kind: "table", name: table }
    : { kind: "field", table, name: field };
}

function nameOf({ table, field, of }: PlannedKeep): string {
  if (of !== undefined) return `${table} that join ${of}`;
  return field === undefined ? table : `${table}.${field}`;
}
