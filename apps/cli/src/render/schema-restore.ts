import { amount } from "../output/amount.ts";
import { indent } from "../output/indent.ts";
import { section } from "../output/section.ts";
import type { Style } from "../output/style.ts";
import type { SchemaRestoreDocument } from "../schema-restore-document.ts";
import { renderIgnored } from "./drift.ts";
import { renderIssues, renderSafety } from "./safety-issues.ts";

/** What a restore of a schema would do or has done: its statements, what they cost, and what is left. */
export function renderSchemaRestore(document: SchemaRestoreDocument, style: Style): string {
  const { version, statements, gaps, ignored, remaining = [] } = document;
  const { success, transactions, notes } = document;
  if (document.identical) {
    const but = ignored.length === 0 ? "" : ", but for what rules cover";
    const said = `The schema is that of ${version} already${but}.`;
    return [said, ...renderIgnored(ignored, style), ...notes].join("\n");
  }
  const did = success ? `Made the schema that of ${version}` : `Make the schema that of ${version}`;
  const split = transactions > 1 ? `, in ${transactions} transactions` : "";
  return [
    `${did}: ${amount(statements.length, "statement")}${split}`,
    `Safety: ${renderSafety(document.overallSafety, style)}`,
    "",
    ...statements.map(({ text }) => indent(`${text};`, 2)),
    ...renderIssues(document.issues, style),
    ...section(
      "Left as it is",
      gaps.flatMap(({ path, change, statement }) => [
        `  - ${path} is not ${change}${statement === undefined ? "" : "; complete and run:"}`,
        ...(statement === undefined ? [] : [indent(`${statement};`, 6)]),
      ]),
      style,
    ),
    ...section(
      "Left by rules of the configuration",
      ignored.map(
        ({ change, path, reason, rule }) => `  - ${path} (${change}), by ${rule}: ${reason}`,
      ),
      style,
    ),
    ...section(
      "Differs all the same",
      remaining.map(({ path, change }) => `  - ${path} (${change})`),
      style,
    ),
    ...section(
      "Notes",
      notes.map((note) => `  - ${note}`),
      style,
    ),
  ].join("\n");
}
