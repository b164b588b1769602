import {
  readStatement,
  significantTokens,
  type ObjectKind,
  type ObjectReference,
  type Touch,
} from "@surql/surrealql";
import { closurePassing } from "./closure-passing.ts";
import type { Clauses } from "./live-schema.ts";

/** What stored code does when it runs. */
export interface StoredEffects {
  /** Everything that it may do; what the functions do that it calls is included. */
  readonly touches: readonly Touch[];
  /** Functions whose code is not known. */
  readonly missing: readonly string[];
  /** Whether it holds a `THROW`. */
  readonly throws: boolean;
  /** Calls that may never end, which kills the engine (docs/engine.md): `calls fn::tree, which calls itself`. */
  readonly endless: readonly string[];
}

/**
 * Follows the definition of a function, an event, a field, a view or an analyzer into its code, and into the functions that it calls.
 *
 * @param definitionOf The definition in force, `undefined` when it is not known.
 * @example
 * ```ts
 * await db.query("DEFINE EVENT log ON user THEN { CREATE entry }");
 * const live = readLiveSchema(await captureSchema(db));
 * const { touches } = storedEffects({ kind: "event", table: "user", name: "log" }, (one) => live.find(one)?.clauses);
 * touches; // [{ effect: "write", verb: "create", tables: ["entry"] }]
 * ```
 */
export function storedEffects(
  object: ObjectReference,
  definitionOf: (object: ObjectReference) => Clauses | undefined,
): StoredEffects {
  const touches: Touch[] = [];
  const missing: string[] = [];
  const endless = new Set<string>();
  let throws = false;
  const seen = new Set<string>();
  const follow = (
    one: ObjectReference,
    clauses: Clauses | undefined,
    callers: readonly string[],
    runs = true,
  ): void => {
    if (callers.includes(one.name)) endless.add(`calls ${one.name}, which calls itself`);
    const code = codeOf(clauses, one.kind);
    const key = JSON.stringify([one.name, code, runs]);
    if (seen.has(key)) return;
    seen.add(key);
    if (code === undefined) return void (runs && missing.push(one.name));
    throws ||= runs && significantTokens(code).some(({ text }) => /^throw$/i.test(text));
    const passing = closurePassing(code);
    if (passing !== undefined) endless.add(passing);
    for (const touch of readStatement(code).touches) {
      if (runs) touches.push(touch);
      if (touch.effect === "call" && isStoredCall(touch.name)) {
        const called: ObjectReference = { kind: "function", name: touch.name };
        follow(called, definitionOf(called), [...callers, one.name], runs);
      }
      // What it defines does not run now, but may when a later statement calls it.
      if (touch.effect === "define" && touch.object.kind === "function") {
        follow(touch.object, touch.clauses, [], false);
      }
    }
  };
  follow(object, definitionOf(object), []);
  return { touches, missing, throws, endless: [...endless] };
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
  const { BODY: body, PERMISSIONS: permissions = "", WHEN: condition, THEN: then } = clauses ?? {};
  const permission = /^WHERE\b(.*)$/is.exec(permissions)?.[1];
  if (body !== undefined) return permission === undefined ? body : `{ ${permission}\n; ${body} }`;
  // The consequences of an event can be several, with commas between.
  return then && `[${[condition, then].filter(Boolean).join(", ")}]`;
}

/** Whether it does more than to compute. */
export function hasEffects({ touches, missing, endless }: StoredEffects): boolean {
  return (
    missing.length > 0 ||
    endless.length > 0 ||
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
