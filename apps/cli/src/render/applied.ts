import type { PlannedApply, RestoredData } from "surql/executor";
import type { RollbackIssue, RollbackSafety } from "surql/safety-analyzer";
import { amount } from "../output/amount.ts";
import type { Style } from "../output/style.ts";
import { renderRestored } from "./restored.ts";
import { renderIssues, renderSafety } from "./safety-issues.ts";

/** What `migrate up` did. */
export interface Applied {
  readonly applied: readonly string[];
  readonly snapshots: readonly string[];
  readonly restored: readonly RestoredData[];
  readonly durationMs: number;
}

/** What was applied. */
export function renderApplied(
  { applied, snapshots, restored, durationMs }: Applied,
  style: Style,
): string {
  if (applied.length === 0) return "Nothing to apply.";
  return [
    `${style("green", "Applied")} ${amount(applied.length, "migration")} in ${Math.round(durationMs)} ms`,
    ...applied.map((version) => `  ${version}`),
    ...(snapshots.length > 0 ? [`Stored a snapshot with each.`] : []),
    ...(restored.length > 0 ? ["Gave back with them:", ...renderRestored(restored)] : []),
  ].join("\n");
}

/** What `migrate up --dry-run` says. */
export interface DryApply {
  readonly planned: readonly PlannedApply[];
  readonly overallSafety: RollbackSafety;
  readonly issues: readonly RollbackIssue[];
}

/** What would be applied, with its statements, and what it would cost. */
export function renderPlannedApply(
  { planned, overallSafety, issues }: DryApply,
  style: Style,
): string {
  if (planned.length === 0) return "Nothing to apply.";
  return [
    `Dry run, nothing was written. Would apply ${amount(planned.length, "migration")}:`,
    ...planned.flatMap(({ version, description, statements, transactions, notes }) => [
      "",
      `${style("bold", version)} ${description}`,
      ...statements.map((statement) => `${statement};`.replaceAll(/^/gm, "  ")),
      ...(notes.length > 0 ? [style("dim", `  ${renderSplit(version, transactions, notes)}`)] : []),
    ]),
    "",
    `Safety: ${renderSafety(overallSafety, style)}`,
    ...renderIssues(issues, style),
  ].join("\n");
}

/** Why a migration is not one transaction. */
export function renderSplit(
  version: string,
  transactions: number,
  notes: readonly string[],
): string {
  return `${version} takes ${transactions} transactions: ${notes.join("; ")}.`;
}
