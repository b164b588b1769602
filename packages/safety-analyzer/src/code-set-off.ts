import type { ObjectReference } from "@surql/surrealql";
import type { TouchContext } from "./define-rule.ts";
import type { ActiveDefinition } from "./follow-definitions.ts";
import type { Clauses } from "./live-schema.ts";
import { isGone } from "./schema-timeline.ts";
import { hasEffects, isStoredCall, storedEffects, type StoredEffects } from "./stored-code.ts";

/** Stored code that a statement sets off. */
export interface CodeSetOff {
  /** The function, event or field that holds the code. */
  readonly object: ObjectReference;
  /** Why it runs: `Writing to user sets off the event notify`. */
  readonly reason: string;
  readonly effects: StoredEffects;
}

/**
 * The stored code that a touch sets off: the function that it calls, or the events of the tables that it writes
 * to and those of their fields that do more than compute.
 */
export function codeSetOff(context: TouchContext): readonly CodeSetOff[] {
  const { touch } = context;
  if (touch.effect === "write") {
    return (touch.tables ?? []).flatMap((table) => codeOnTable(table, context));
  }
  if (touch.effect !== "call" || !isStoredCall(touch.name)) return [];
  const object: ObjectReference = { kind: "function", name: touch.name };
  const effects = storedEffects(object, definitionsIn(context));
  return [{ object, reason: `Calls ${touch.name}`, effects }];
}

function codeOnTable(table: string, context: TouchContext): readonly CodeSetOff[] {
  const definitionOf = definitionsIn(context);
  const effectsOf = ({ object, clauses }: ActiveDefinition): StoredEffects =>
    storedEffects(object, (one) => (one === object ? clauses : definitionOf(one)));
  return [
    ...context.eventsOn(table).map((event) => ({
      object: event.object,
      reason: `Writing to ${table} sets off the event ${event.object.name}`,
      effects: effectsOf(event),
    })),
    ...context.fieldsOn(table).flatMap((field) => {
      const effects = effectsOf(field);
      const reason = `Writing to ${table} runs the code of the field ${field.object.name}`;
      return hasEffects(effects) ? [{ object: field.object, reason, effects }] : [];
    }),
  ];
}

/** The definitions as the statement meets them. */
export function definitionsIn(
  context: Pick<TouchContext, "before">,
): (object: ObjectReference) => Clauses | undefined {
  return (object) => {
    const state = context.before(object);
    return isGone(state) ? undefined : state.clauses;
  };
}
