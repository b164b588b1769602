import type { MigrationFinding } from "surql/executor";
import { amount } from "../output/amount.ts";
import type { Style } from "../output/style.ts";
import { renderIssues } from "./safety-issues.ts";

/** Migration files with nothing wrong in them, and what they cost. */
export function renderValid(
  {
    migrations,
    findings,
  }: { readonly migrations: number; readonly findings: readonly MigrationFinding[] },
  style: Style,
): string {
  return [
    `${style("green", "Valid:")} ${amount(migrations, "migration")}.`,
    ...renderIssues(findings, style, "What stands in the way of going back"),
  ].join("\n");
}
