import type { Touch } from "@surql/surrealql";
import type { CountQuestion, RecordsQuestion } from "./counting/data-question.ts";
import type { Finding, TouchContext } from "./define-rule.ts";
import { isNone } from "./impact.ts";
import { holdsRecords } from "./redefinition.ts";
import { tellWrite, writtenBy, type WriteKind } from "./write-kind.ts";
import { writeTargets } from "./write-targets.ts";
import { writtenSomewhere } from "./written-somewhere.ts";

type Write = Touch & { readonly effect: "write" };

/** What a write does to the records that were there before the plan: one finding per table. */
export function writtenRecords(
  context: TouchContext,
  { tables }: Write,
  kind: WriteKind,
): readonly Finding[] {
  if (tables === undefined) return writtenSomewhere(context, kind);
  return tables
    .filter((table) => holdsRecords(context, table))
    .map((table) => writtenIn(context, table, kind));
}

function writtenIn(context: TouchContext, table: string, kind: WriteKind): Finding {
  const { safety, code, how, describe } = kind;
  const records: RecordsQuestion = { count: "records", table };
  const chosen = chosenRecords(context, table) ?? writtenBy(context, table, how);
  const traces = kind.traces?.(context, table);
  return {
    safety,
    code,
    object: { kind: "table", name: table },
    asks: [records, chosen, ...(traces?.asks ?? [])],
    restsOn: [records, chosen],
    tell(answers) {
      const all = answers.count(records);
      const found = answers.count(chosen);
      // What rests on a condition can happen as soon as the data is another.
      const isSpared =
        chosen.count === "written" && context.touch.conditional && isNone(found) && !isNone(all);
      const remark = isSpared ? " Tried with the data of today, it did nothing." : "";
      const telling = tellWrite(table, describe(table) + remark, isSpared ? undefined : found, all);
      if (traces === undefined || isNone(telling.impact)) return telling;
      return {
        ...telling,
        description: telling.description + traces.left(answers),
        affectedData: [telling.affectedData, ...traces.along(answers)].join(", "),
      };
    },
  };
}

/** What counts the records that a statement is for without trying it; `undefined` when that cannot be told before it runs. */
function chosenRecords(context: TouchContext, table: string): CountQuestion | undefined {
  const targets = context.isSole ? writeTargets(context.statement.text) : undefined;
  if (targets === undefined) return undefined;
  const { kind, tables, where } = targets;
  if (kind === "tables" && where === undefined) return { count: "records", table };
  if (tables.some((one) => context.writtenBefore(one))) return undefined;
  // Such a condition may look at other records than the one that it is about.
  if (where !== undefined && /[.$:([{]/.test(where) && context.writtenBefore()) return undefined;
  if (kind === "tables")
    return where === undefined ? undefined : { count: "matches", table, where };
  const isOnlyTable = tables.every((one) => one === table);
  return isOnlyTable ? { count: "named", table, targets: targets.text, where } : undefined;
}
