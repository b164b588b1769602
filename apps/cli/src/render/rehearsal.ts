import type { Rehearsal, RehearsedStatement, RehearsedTable } from "surql/executor";
import { amount } from "../output/amount.ts";
import type { Style } from "../output/style.ts";
import { indent } from "../output/indent.ts";

/** What came of a rehearsal: where it stopped, which tables changed, and what could not be run. */
export function renderRehearsal(rehearsal: Rehearsal, style: Style): readonly string[] {
  const { failure, statements, tables, durationMs } = rehearsal;
  const took = `in ${Math.max(1, Math.round(durationMs))} ms`;
  const outcome =
    failure === undefined
      ? `  Rehearsed on the live database ${took}; nothing was kept.`
      : `  ${style("red", "Failed")} on the live database ${took}; nothing was kept.`;
  return [
    outcome,
    ...(failure === undefined ? [] : [indent(failure.message, 4)]),
    ...tables.map(renderTable),
    ...statements.flatMap(renderStatement),
  ];
}

function renderTable({ table, before, after, isView }: RehearsedTable): string {
  const name = `    ${isView === true ? "view " : ""}${table}:`;
  if (after === null) return `${name} goes, with ${amount(before ?? 0, "record")}`;
  if (before === null) return `${name} is new, with ${amount(after, "record")}`;
  return `${name} ${amount(before, "record")} before, ${after} after`;
}

/** Statements that wrote, and those that were not run. */
function renderStatement(rehearsed: RehearsedStatement): readonly string[] {
  const { migration, statement, records, durationMs, instead } = rehearsed;
  if (records === undefined && instead === undefined) return [];
  const time = durationMs === undefined ? "" : ` in ${Math.max(1, Math.round(durationMs))} ms`;
  const what = instead ?? `${amount(records ?? 0, "record")}${time}`;
  return [indent(`${migration} ${statement.split("\n")[0]}: ${what}`, 4)];
}
