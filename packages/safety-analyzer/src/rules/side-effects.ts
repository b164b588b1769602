import type { ObjectReference, Touch } from "@surql/surrealql";
import { defineRule, type SafetyRule, type Finding, type TouchContext } from "../define-rule.ts";
import type { ActiveDefinition } from "../follow-definitions.ts";
import type { Clauses } from "../live-schema.ts";
import { isGone, tableOf } from "../schema-timeline.ts";
import { hasEffects, isStoredCall, storedEffects, type StoredEffects } from "../stored-code.ts";
import { pathOf } from "../wording.ts";

/** Calls of functions, and writes that set off events: what they do is done too. */
export const sideEffects: SafetyRule = defineRule({
  name: "side-effects",
  codes: ["side_effects"],
  judgeTouch(context) {
    const { touch } = context;
    if (touch.effect === "write") {
      return (touch.tables ?? []).flatMap((table) => setOff(table, context));
    }
    if (touch.effect !== "call") return [];
    if (!isStoredCall(touch.name)) return [outside(touch.name)];
    const callee: ObjectReference = { kind: "function", name: touch.name };
    return [
      storedCode(callee, `Calls ${touch.name}`, storedEffects(callee, definitionsIn(context))),
    ];
  },
});

function setOff(table: string, context: TouchContext): readonly Finding[] {
  if (!context.live.isKnown && context.before(tableOf(table)).origin === "unknown") {
    return [unseenEvents(table)];
  }
  const definitionOf = definitionsIn(context);
  const effectsOf = ({ object, clauses }: ActiveDefinition): StoredEffects =>
    storedEffects(object, (one) => (one === object ? clauses : definitionOf(one)));
  return [
    ...context.eventsOn(table).map((event) => {
      const what = `Writing to ${table} sets off the event ${event.object.name}`;
      return storedCode(event.object, what, effectsOf(event));
    }),
    ...context.fieldsOn(table).flatMap((field) => {
      const effects = effectsOf(field);
      if (!hasEffects(effects)) return [];
      const what = `Writing to ${table} runs the code of the field ${field.object.name}`;
      return [storedCode(field.object, what, effects)];
    }),
  ];
}

/** The definitions as the statement meets them. */
export function definitionsIn(
  context: TouchContext,
): (object: ObjectReference) => Clauses | undefined {
  return (object) => {
    const state = context.before(object);
    return isGone(state) ? undefined : state.clauses;
  };
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

function storedCode(object: ObjectReference, what: string, effects: StoredEffects): Finding {
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
      description: `${what}.${writes}${grave.length > 0 ? ` It ${grave.join(", ")}.` : ""}`,
      affectedData: written.size === 0 ? undefined : `records of ${[...written].join(", ")}`,
    }),
  };
}

/** What stored code does that a statement of the plan would be called unsafe for. */
function graveness(touch: Touch): readonly string[] {
  if ("object" in touch)
    return [`${touch.effect}s the ${touch.object.kind} ${pathOf(touch.object)}`];
  if (touch.effect === "call") return isStoredCall(touch.name) ? [] : [`calls ${touch.name}`];
  if (touch.effect === "control") return touch.word === "RETURN" ? [] : [`holds ${touch.word}`];
  if (touch.effect === "unknown") return [`holds code that could not be read at ${touch.at}`];
  if (touch.effect !== "write") return [];
  if (touch.tables === undefined) return ["writes to tables that are computed when it runs"];
  return touch.verb === "delete" ? [`deletes records of ${touch.tables.join(", ")}`] : [];
}
