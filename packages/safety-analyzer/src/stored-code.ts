import { readStatement, type ObjectReference, type Touch } from "@surql/surrealql";
import type { Clauses } from "./live-schema.ts";

/** What stored code does when it runs. */
export interface StoredEffects {
  /** Everything that it may do; what the functions do that it calls is included. */
  readonly touches: readonly Touch[];
  /** Functions whose code is not known. */
  readonly missing: readonly string[];
}

/**
 * Follows the definition of a function or an event into its code, and into the functions that it calls.
 *
 * @param definitionOf The definition in force, `undefined` when it is not known.
 */
export function storedEffects(
  object: ObjectReference,
  definitionOf: (object: ObjectReference) => Clauses | undefined,
): StoredEffects {
  const touches: Touch[] = [];
  const missing: string[] = [];
  const seen = new Set<string>();
  const follow = (one: ObjectReference): void => {
    if (seen.has(one.name)) return;
    seen.add(one.name);
    const { BODY: body, THEN: then } = definitionOf(one) ?? {};
    if (body === undefined && then === undefined) return void missing.push(one.name);
    // The consequences of an event can be several, with commas between.
    for (const touch of readStatement(body ?? `[${then}]`).touches) {
      touches.push(touch);
      if (touch.effect === "call" && isStoredCall(touch.name)) {
        follow({ kind: "function", name: touch.name });
      }
    }
  };
  follow(object);
  return { touches, missing };
}

/** Whether a called function is a stored one; all others are built in and have effects outside. */
export function isStoredCall(name: string): boolean {
  return name.toLowerCase().startsWith("fn::");
}
