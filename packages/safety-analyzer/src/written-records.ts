import type { Touch } from "@surql/surrealql";
import { backupTable } from "./backup-statement.ts";
import type {
  CountQuestion,
  DataAnswers,
  RecordsQuestion,
  WrittenQuestion,
} from "./counting/data-question.ts";
import type { Finding, Telling, TouchContext } from "./define-rule.ts";
import { atMost, isNone } from "./impact.ts";
import { holdsRecords } from "./redefinition.ts";
import type { Impact } from "./rollback-issue.ts";
import { tableOf } from "./schema-timeline.ts";
import { writeTargets } from "./write-targets.ts";
import { allRecords, counted } from "./wording.ts";

type Write = Touch & { readonly effect: "write" };

/** A kind of write, and how it is told. */
export interface WriteKind extends Pick<Finding, "safety" | "code"> {
  readonly how: WrittenQuestion["how"];
  readonly describe: (table: string) => string;
}

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
  const chosen = chosenRecords(context, table) ?? written(context, table, how);
  return {
    safety,
    code,
    object: { kind: "table", name: table },
    asks: [records, chosen],
    tell(answers) {
      const all = answers.count(records);
      const found = answers.count(chosen);
      // What rests on a condition can happen as soon as the data is another.
      const isSpared =
        chosen.count === "written" && context.touch.conditional && isNone(found) && !isNone(all);
      const remark = isSpared ? " Tried with the data of today, it did nothing." : "";
      return {
        ...tellWritten(table, describe(table) + remark, isSpared ? undefined : found, all),
      };
    },
  };
}

/**
 * A write to tables that are computed when it runs. What cannot be told by reading is never better than unsafe,
 * but trying it names the tables.
 */
function writtenSomewhere(context: TouchContext, kind: WriteKind): readonly Finding[] {
  const { safety, code, how, describe } = kind;
  const unread = "Which ones cannot be told by reading.";
  const tables = context.live.tables.filter((table) => isStored(context, table));
  const questions = tables.map((table) => written(context, table, how));
  const named = questions.map((question): Finding => {
    const { table } = question;
    const remark = `That it is this table cannot be told by reading; it is so with the data of today.`;
    return {
      safety: "unsafe",
      code,
      object: { kind: "table", name: table },
      asks: [{ count: "records", table }, question],
      tell(answers) {
        const impact = answers.count(question);
        if (impact === undefined || impact.records === 0) return undefined;
        const description = safety === "unsafe" ? describe(table) : `${describe(table)} ${remark}`;
        return tellWritten(table, description, impact, answers.count({ count: "records", table }));
      },
    };
  });
  const description = `${describe("tables that are computed when it runs")} ${unread}`;
  const general: Finding = {
    safety: "unsafe",
    code,
    asks: questions,
    tell: (answers) => (areNamed(questions, answers) ? undefined : { description }),
  };
  return [general, ...named];
}

/** Whether every table was looked at, and some of them are concerned. */
function areNamed(questions: readonly WrittenQuestion[], answers: DataAnswers): boolean {
  const counts = questions.map((question) => answers.count(question));
  return counts.every((count) => count !== undefined) && counts.some((count) => count.records > 0);
}

/** Whether a table holds records of its own from before the plan: those of a view are of other tables. */
function isStored(context: TouchContext, table: string): boolean {
  const isView = context.live.find(tableOf(table))?.clauses["AS"] !== undefined;
  return !isView && holdsRecords(context, table);
}

function tellWritten(
  table: string,
  description: string,
  found: Impact | undefined,
  all: Impact | undefined,
): Telling {
  const impact = found ?? atMost(all);
  const isWhole = impact?.exact === true && impact.records === all?.records;
  return {
    description,
    affectedData: isWhole ? allRecords(table, all) : counted(impact, "record", `of ${table}`),
    recommendation: isNone(impact) ? undefined : backupTable(table),
    impact,
  };
}

function written(
  { step }: TouchContext,
  table: string,
  how: WrittenQuestion["how"],
): WrittenQuestion {
  return { count: "written", table, migration: step.migration, how };
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
