import type { RollbackPlan } from "surql/executor";
import type { RollbackIssue, RollbackSafety } from "surql/safety-analyzer";
import { amount } from "../output/amount.ts";
import type { Style, StyleName } from "../output/style.ts";

const verdicts: Readonly<Record<RollbackSafety, readonly [StyleName, string]>> = {
  safe: ["green", "SAFE"],
  data_loss: ["yellow", "DATA LOSS"],
  unsafe: ["red", "UNSAFE"],
};

/** What a rollback would do and cost, with or without its statements. */
export function renderRollbackPlan(plan: RollbackPlan, style: Style, showSql = false): string {
  const estimate =
    plan.estimatedDurationMs === null ? "" : `, about ${Math.max(1, plan.estimatedDurationMs)} ms`;
  const transactions =
    plan.transactions.length > 1 ? `, in ${plan.transactions.length} transactions` : "";
  return [
    `Roll back from ${plan.fromVersion} to ${plan.toVersion}: ${amount(plan.migrationCount, "migration")}${transactions}${estimate}`,
    `Safety: ${renderSafety(plan.overallSafety, style)}`,
    "",
    ...plan.migrations.flatMap(({ version, description, statements }) => [
      `  ${style("bold", version)} ${description}`,
      ...(showSql ? statements.map((statement) => indent(`${statement};`, 6)) : []),
    ]),
    ...section(
      "Issues",
      plan.issues.map((issue) => renderIssue(issue, style)),
      style,
    ),
    ...section(
      "Notes",
      plan.notes.map((note) => `  - ${note}`),
      style,
    ),
    "",
    style("dim", `Fingerprint ${plan.fingerprint}`),
  ].join("\n");
}

/** One issue: how bad, where, what, how much, and what to do. */
function renderIssue(issue: RollbackIssue, style: Style): string {
  const affected = affectedBy(issue);
  return [
    `  ${renderSafety(issue.safety, style)} ${issue.migration} ${issue.code}: ${issue.description}`,
    ...(affected === undefined ? [] : [indent(`Affects: ${style("bold", affected)}`, 6)]),
    ...(issue.recommendation === undefined ? [] : [indent(`Advice: ${issue.recommendation}`, 6)]),
  ].join("\n");
}

/** How much data an issue is about, unless its description says that. */
function affectedBy({ description, affectedData, impact }: RollbackIssue): string | undefined {
  const counted =
    impact === undefined
      ? undefined
      : `${impact.exact ? "" : "up to "}${amount(impact.records, "record")}`;
  const affected = affectedData ?? counted;
  return affected === undefined || description.includes(affected) ? undefined : affected;
}

/** The word for a level of safety. */
function renderSafety(safety: RollbackSafety, style: Style): string {
  const [colour, word] = verdicts[safety];
  return style(colour, word);
}

function section(title: string, lines: readonly string[], style: Style): readonly string[] {
  return lines.length === 0 ? [] : ["", style("bold", title), ...lines];
}

function indent(text: string, spaces: number): string {
  return text.replaceAll(/^/gm, " ".repeat(spaces));
}
