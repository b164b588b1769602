import type { AppliedPolicy, Impact, RollbackIssue, RollbackSafety } from "surql/safety-analyzer";
import { amount } from "../output/amount.ts";
import { indent } from "../output/indent.ts";
import { section } from "../output/section.ts";
import type { Style, StyleName } from "../output/style.ts";

const verdicts: Readonly<Record<RollbackSafety, readonly [StyleName, string]>> = {
  safe: ["green", "SAFE"],
  data_loss: ["yellow", "DATA LOSS"],
  unsafe: ["red", "UNSAFE"],
};
/** How much of a statement is shown, in characters. */
const widest = 100;
const levels: readonly RollbackSafety[] = ["safe", "data_loss", "unsafe"];

/** The issues of a plan or of scripts, as a section of their own; nothing when there are none. */
export function renderIssues(
  issues: readonly RollbackIssue[],
  style: Style,
  title = "Issues",
): readonly string[] {
  return section(
    title,
    issues.map((issue) => renderIssue(issue, style)),
    style,
  );
}

/** One issue: how bad, where, what, how much, what to do, and what a policy made of it. */
function renderIssue(issue: RollbackIssue, style: Style): string {
  const { safety, migration, code, description, recommendation, policy } = issue;
  const affected = affectedBy(issue);
  const place = placeOf(issue);
  return [
    `  ${renderSafety(safety, style)} ${migration} ${code}: ${description}`,
    ...(place === undefined ? [] : [indent(`Statement: ${place}`, 6)]),
    ...(affected === undefined ? [] : [indent(`Affects: ${style("bold", affected)}`, 6)]),
    ...(recommendation === undefined ? [] : [indent(`Advice: ${recommendation}`, 6)]),
    ...(policy === undefined ? [] : [indent(`Policy: ${renderPolicy(safety, policy)}`, 6)]),
  ].join("\n");
}

/** The word for a level of safety. */
export function renderSafety(safety: RollbackSafety, style: Style): string {
  const [colour, word] = verdicts[safety];
  return style(colour, word);
}

/** How much data an issue is about, unless its description says that. */
function affectedBy({ description, affectedData, impact }: RollbackIssue): string | undefined {
  const affected = affectedData ?? (impact && renderImpact(impact));
  return affected === undefined || description.includes(affected) ? undefined : affected;
}

/** `12 records`, `up to 12 records`, `about 12 records (from a sample of 1000)`. */
function renderImpact({ records, exact, sample }: Impact): string {
  const said = amount(records, "record");
  if (exact) return said;
  return sample === undefined ? `up to ${said}` : `about ${said} (from a sample of ${sample})`;
}

/** Where an issue without an object comes from: how its statement begins. */
function placeOf({ object, statement }: RollbackIssue): string | undefined {
  if (object !== undefined || statement === undefined) return undefined;
  const [line = "", ...more] = statement.trim().split("\n");
  return line.length <= widest && more.length === 0 ? line : `${line.slice(0, widest).trim()} …`;
}

/** `lowered from data_loss: a cache`, `wants an approval: ask the team`. */
function renderPolicy(safety: RollbackSafety, policy: AppliedPolicy): string {
  const { level, reason, requireApproval } = policy;
  const way = levels.indexOf(safety) < levels.indexOf(level) ? "lowered" : "raised";
  const changed = safety === level ? [] : [`${way} from ${level}`];
  const demand = requireApproval === true ? ["wants an approval"] : [];
  return `${[...changed, ...demand].join(" and ")}: ${reason}`;
}
