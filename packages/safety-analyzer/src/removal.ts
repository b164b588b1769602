import type { ObjectKind, ObjectReference } from "@surql/surrealql";
import type { TouchContext } from "./define-rule.ts";
import type { Clauses } from "./live-schema.ts";
import { isGone } from "./schema-timeline.ts";

/** A `REMOVE` of something that was there before the plan, or is not there at all. */
export interface Removal {
  readonly object: ObjectReference;
  /** Its definition, where it is known. */
  readonly clauses: Clauses | undefined;
  /** Whether it is not there, so that the statement will fail. */
  readonly isMissing: boolean;
}

/**
 * What a `REMOVE` takes away; `undefined` when that is nothing: `IF EXISTS` of what is not there,
 * what the plan itself made, and what it removed already.
 */
export function removal(
  context: TouchContext,
  kinds: ReadonlySet<ObjectKind>,
): Removal | undefined {
  const { touch } = context;
  if (touch.effect !== "remove" || !kinds.has(touch.object.kind)) return undefined;
  const { origin, clauses } = context.before(touch.object);
  const isMissing = origin === "absent";
  if (origin === "plan" || origin === "removed" || (isMissing && touch.ifExists)) return undefined;
  return { object: touch.object, clauses, isMissing };
}

/** Whether nothing later in the plan is sure to bring back what the statement removes, or may remove. */
export function staysGone(object: ObjectReference, context: TouchContext): boolean {
  return context.touch.conditional === true || isGone(context.atEnd(object));
}
