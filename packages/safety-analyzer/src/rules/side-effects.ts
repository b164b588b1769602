import type { Touch } from "@surql/surrealql";
import { codeSetOff, type CodeSetOff } from "../code-set-off.ts";
import { defineRule, type Finding, type SafetyRule, type TouchContext } from "../define-rule.ts";
import { tableOf } from "../schema-timeline.ts";
import { isOutsideCall } from "../stored-code.ts";
import { pathOf } from "../wording.ts";

/** Calls of functions, and writes that set off events: what they do is done too. */
export const sideEffects: SafetyRule = defineRule({
  name: "side-effects",
  codes: ["side_effects"],
  judgeTouch(context) {
    const { touch } = context;
    if (touch.effect === "call" && isOutsideCall(touch.name)) return [outside(touch.name)];
    const tables = touch.effect === "write" ? (touch.tables ?? []) : [];
    return [
      ...tables.filter((table) => hidesEvents(table, context)).map(unseenEvents),
      ...codeSetOff(context).map(storedCode),
    ];
  },
});

function hidesEvents(table: string, context: TouchContext): boolean {
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

function storedCode({ object, reason, effects }: CodeSetOff): Finding {
  const grave = [
    ...new Set(effects.touches.flatMap(graveness)),
    ...effects.missing.map((name) => `runs ${name}, whose code is not known`),
  ];
  const written = new Set(
    effects.touches.flatMap((one) => (one.effect === "write" ? (one.tables ?? []) : [])),
  );
  const writes = written.size === 0 ? "" : ` It writes to ${[...written].join(", ")}.`;
  return {
    safety: grave.length > 0 ? "unsafe" : "data_loss",
    code: "side_effects",
    object: { kind: object.kind, table: object.table, name: object.name },
    outlivesTable: true,
    tell: () => ({
      description: `${reason}.${writes}${grave.length > 0 ? ` It ${grave.join(", ")}.` : ""}`,
      affectedData: written.size === 0 ? undefined : `records of ${[...written].join(", ")}`,
    }),
  };
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
