import {
  readStatement,
  significantTokens,
  type ObjectKind,
  type ObjectReference,
  type Touch,
} from "@surql/surrealql";
import type { Clauses } from "./live-schema.ts";

/** What stored code does when it runs. */
export interface StoredEffects {
  /** Everything that it may do; what the functions do that it calls is included. */
  readonly touches: readonly Touch[];
  /** Functions whose code is not known. */
  readonly missing: readonly string[];
  /** Whether it holds a `THROW`. */
  readonly throws: boolean;
}

/**
 * Follows the definition of a function, an event, a field, a view or an analyzer into its code, and into the functions that it calls.
 *
 * @param definitionOf The definition in force, `undefined` when it is not known.
 */
export function storedEffects(
  object: ObjectReference,
  definitionOf: (object: ObjectReference) => Clauses | undefined,
): StoredEffects {
  const touches: Touch[] = [];
  const missing: string[] = [];
  let throws = false;
  const seen = new Set<string>();
  const follow = (one: ObjectReference): void => {
    if (seen.has(one.name)) return;
    seen.add(one.name);
    const code = codeOf(definitionOf(one), one.kind);
    if (code === undefined) return void missing.push(one.name);
    throws ||= significantTokens(code).some(({ text }) => /^throw$/i.test(text));
    for (const touch of readStatement(code).touches) {
      touches.push(touch);
      if (touch.effect === "call" && isStoredCall(touch.name)) {
        follow({ kind: "function", name: touch.name });
      }
    }
  };
  follow(object);
  return { touches, missing, throws };
}

/** The code that a definition holds, as one statement. */
function codeOf(clauses: Clauses | undefined, kind: ObjectKind): string | undefined {
  if (kind === "field") {
    const { DEFAULT: value = "", VALUE, ASSERT, COMPUTED } = clauses ?? {};
    const parts = [value.replace(/^ALWAYS\b/i, ""), VALUE, ASSERT, COMPUTED];
    return `[${parts.filter(Boolean).join(", ")}]`;
  }
  if (kind === "table") return clauses?.["AS"] && `(${clauses["AS"].replace(/^\((.*)\)$/s, "$1")})`;
  if (kind === "analyzer") return clauses?.["FUNCTION"] && `${clauses["FUNCTION"]}('')`;
  // The consequences of an event can be several, with commas between.
  return clauses?.["BODY"] ?? (clauses?.["THEN"] && `[${clauses["THEN"]}]`);
}

/** Whether it does more than to compute. */
export function hasEffects({ touches, missing }: StoredEffects): boolean {
  return (
    missing.length > 0 ||
    touches.some(({ effect }) => effect !== "read" && effect !== "control" && effect !== "call") ||
    touches.some((one) => one.effect === "call" && isOutsideCall(one.name))
  );
}

/** Whether a called function is a stored one. */
export function isStoredCall(name: string): boolean {
  return name.toLowerCase().startsWith("fn::");
}

/**
 * Whether a called function is built in and has effects outside. A closure has none of its own: it cannot be
 * stored (measured on 3.0.2), so its code stands in the script, or in a function that the script calls.
 */
export function isOutsideCall(name: string): boolean {
  return !isStoredCall(name) && !name.startsWith("$");
}
