import type { Touch } from "@surql/surrealql";
import type { DataAnswers, WrittenQuestion } from "../counting/data-question.ts";
import { closurePassingIn } from "../closure-passing.ts";
import { codeSetOff, type CodeSetOff } from "../code-set-off.ts";
import { defineRule, type Finding, type SafetyRule, type TouchContext } from "../define-rule.ts";
import { holdsRecords } from "../redefinition.ts";
import { tableOf } from "../schema-timeline.ts";
import { isOutsideCall } from "../stored-code.ts";
import { counted, pathOf } from "../wording.ts";
import { writtenBy } from "../write-kind.ts";

/** Calls of functions, and writes that set off events: what they do is done too. */
export const sideEffects: SafetyRule = defineRule({
  name: "side-effects",
  codes: ["side_effects"],
  judgeTouch(context) {
    const { touch, statement } = context;
    if (touch.effect === "call" && isOutsideCall(touch.name)) return [outside(touch.name)];
    const tables = touch.effect === "write" ? (touch.tables ?? []) : [];
    const passing = touch.effect === "define" ? undefined : closurePassingIn(statement);
    return [
      ...(passing === undefined ? [] : [unendingClosure(passing)]),
      ...tables.filter((table) => mayHaveEvents(table, context)).map(unseenEvents),
      ...codeSetOff(context).map((code) => storedCode(context, code)),
    ];
  },
});

function mayHaveEvents(table: string, context: TouchContext): boolean {
  return !context.live.isKnown && context.before(tableOf(table)).origin === "unknown";
}

function unseenEvents(table: string): Finding {
  return {
    safety: "data_loss",
    code: "side_effects",
    object: { kind: "table", name: table },
    tell: () => ({
      description: `Writes to ${table}. Which events that sets off is not known without the live schema.`,
    }),
  };
}

function outside(name: string): Finding {
  return {
    safety: "unsafe",
    code: "side_effects",
    object: { kind: "function", name },
    outlivesTable: true,
    tell: () => ({
      description: `Calls ${name}, which acts outside of the transaction and is not undone with it.`,
    }),
  };
}

function unendingClosure(call: string): Finding {
  return {
    safety: "unsafe",
    code: "side_effects",
    outlivesTable: true,
    tell: () => ({
      description: `It ${call}: whether it ends, reading cannot tell.`,
    }),
  };
}

function storedCode(context: TouchContext, { object, reason, effects }: CodeSetOff): Finding {
  const grave = [
    ...new Set(effects.touches.flatMap(graveness)),
    ...effects.missing.map((name) => `runs ${name}, whose code is not known`),
    ...effects.endless.map((call) => `${call}: whether it ends, reading cannot tell`),
  ];
  const written = new Set(
    effects.touches.flatMap((one) => (one.effect === "write" ? (one.tables ?? []) : [])),
  );
  const writes = written.size === 0 ? "" : ` It writes to ${[...written].join(", ")}.`;
  const lost = lostRecords(context, effects.touches);
  return {
    safety: grave.length > 0 ? "unsafe" : "data_loss",
    code: "side_effects",
    asks: lost,
    restsOn: [],
    object: { kind: object.kind, table: object.table, name: object.name },
    outlivesTable: true,
    tell: (answers) => ({
      description: `${reason}.${writes}${grave.length > 0 ? ` It ${grave.join(", ")}.` : ""}`,
      affectedData:
        lossesIn(lost, answers) ??
        (written.size === 0 ? undefined : `records of ${[...written].join(", ")}`),
    }),
  };
}

/** What the migration does to the tables whose records the code deletes or rewrites. */
function lostRecords(context: TouchContext, touches: readonly Touch[]): readonly WrittenQuestion[] {
  const found = new Map<string, WrittenQuestion>();
  for (const touch of touches) {
    if (touch.effect !== "write" || touch.verb === "create" || touch.verb === "insert") continue;
    for (const table of touch.tables ?? []) {
      if (!holdsRecords(context, table)) continue;
      const question = writtenBy(context, table, touch.verb === "delete" ? "deleted" : "changed");
      found.set(JSON.stringify(question), question);
    }
  }
  return [...found.values()];
}

function lossesIn(questions: readonly WrittenQuestion[], answers: DataAnswers): string | undefined {
  const losses = questions.flatMap((question) => {
    const count = answers.count(question);
    if (count === undefined || count.records === 0) return [];
    const what = question.how === "deleted" ? "deleted" : "rewritten";
    return [`${counted(count, "record", `of ${question.table}`)} ${what}`];
  });
  return losses.length === 0 ? undefined : losses.join(", ");
}

/** What stored code does that a statement of the plan would be called unsafe for. */
function graveness(touch: Touch): readonly string[] {
  if ("object" in touch)
    return [`${touch.effect}s the ${touch.object.kind} ${pathOf(touch.object)}`];
  if (touch.effect === "call") return isOutsideCall(touch.name) ? [`calls ${touch.name}`] : [];
  if (touch.effect === "control") return touch.word === "RETURN" ? [] : [`holds ${touch.word}`];
  if (touch.effect === "unknown") return [`holds code that could not be read at ${touch.at}`];
  if (touch.effect !== "write") return [];
  if (touch.tables === undefined) return ["writes to tables that are computed when it runs"];
  return touch.verb === "delete" ? [`deletes records of ${touch.tables.join(", ")}`] : [];
}
