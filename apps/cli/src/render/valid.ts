import type { MigrationFinding } from "surql/executor";
import { renderHeads } from "../branch-heads.ts";
import { amount } from "../output/amount.ts";
import type { Style } from "../output/style.ts";
import { renderIssues } from "./safety-issues.ts";

/** How many files are sealed, and which are not. */
export interface ValidSum {
  readonly sealed: number;
  readonly open: readonly string[];
  readonly unlisted: readonly string[];
}

/** Migration files with nothing wrong in them, and what they cost. */
export function renderValid(
  {
    migrations,
    findings,
    sum,
    heads,
  }: {
    readonly migrations: number;
    readonly findings: readonly MigrationFinding[];
    readonly sum?: ValidSum | undefined;
    readonly heads?: readonly string[] | undefined;
  },
  style: Style,
): string {
  return [
    `${style("green", "Valid:")} ${amount(migrations, "migration")}.`,
    ...renderHeads(heads),
    ...(sum === undefined ? [] : renderSum(sum)),
    ...renderIssues(findings, style, "What stands in the way of going back"),
  ].join("\n");
}

function renderSum({ sealed, open, unlisted }: ValidSum): readonly string[] {
  return [
    `${sealed} sealed in surql.sum, ${open.length + unlisted.length} open.`,
    ...(unlisted.length === 0
      ? []
      : [
          `Not listed there yet: ${unlisted.join(", ")}. surql migrate up or surql migrate hash does it.`,
        ]),
  ];
}
