import type { RollbackPlan } from "surql/executor";
import { amount } from "../output/amount.ts";
import { indent } from "../output/indent.ts";
import { section } from "../output/section.ts";
import type { Style } from "../output/style.ts";
import { renderRehearsal } from "./rehearsal.ts";
import { renderIssues, renderSafety } from "./safety-issues.ts";

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
    ...plan.migrations.flatMap(({ version, description, statements, computed }) => [
      `  ${style("bold", version)} ${description}${computed === true ? " (computed from snapshots)" : ""}`,
      ...(showSql ? statements.map((statement) => indent(`${statement};`, 6)) : []),
    ]),
    ...renderIssues(plan.issues, style),
    ...(plan.rehearsal === undefined
      ? []
      : section("Rehearsal", renderRehearsal(plan.rehearsal, style), style)),
    ...section(
      "Notes",
      [...plan.notes, ...plan.assumptions.map(renderAssumption)].map((note) => `  - ${note}`),
      style,
    ),
    "",
    style("dim", `Rests on ${renderGround(plan)}`),
    style("dim", `Expires ${plan.expiresAt}, ${plan.target.namespace}/${plan.target.database}`),
    style("dim", `Fingerprint ${plan.fingerprint}`),
    style("dim", `Hash ${plan.hash}`),
  ].join("\n");
}

/** How many objects are named. */
const named = 5;

function renderGround({ ground: { objects, history } }: RollbackPlan): string {
  const paths = objects.slice(0, named).map(({ path }) => path);
  const more = objects.length > named ? ", …" : "";
  const list = paths.length > 0 ? ` (${paths.join(", ")}${more})` : "";
  return `${amount(objects.length, "object")}${list} and ${amount(history.length, "history row")}`;
}

function renderAssumption({ description }: RollbackPlan["assumptions"][number]): string {
  return `Counts on this, and checks it again in the transaction: ${description}.`;
}
