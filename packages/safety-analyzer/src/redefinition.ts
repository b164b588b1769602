import type { ObjectReference } from "@surql/surrealql";
import { alteredClauses } from "./altered-clauses.ts";
import type { TouchContext } from "./define-rule.ts";
import type { Clauses } from "./live-schema.ts";
import { isGone, tableOf } from "./schema-timeline.ts";

/** A definition that takes the place of another, or of nothing. */
export interface Redefinition {
  readonly object: ObjectReference;
  /** `added` where nothing was, `changed` where the old definition is known, else `unclear`. */
  readonly change: "added" | "changed" | "unclear";
  readonly before?: Clauses | undefined;
  readonly after: Clauses;
}

/**
 * What a `DEFINE` or `ALTER` changes; `undefined` when it changes nothing: an `IF NOT EXISTS` of
 * what is there, or a plain `DEFINE` of it, which fails.
 *
 * A field that the plan removed before still has its values, so its old definition still counts.
 */
export function redefinition(context: TouchContext): Redefinition | undefined {
  const { touch } = context;
  if (touch.effect !== "define" && touch.effect !== "alter") return undefined;
  const { object } = touch;
  const state = context.before(object);
  const before = state.clauses;
  const after = touch.effect === "alter" ? alteredClauses(before, touch.clauses) : touch.clauses;
  if (isGone(state)) {
    const isKept = object.kind === "field" && before !== undefined;
    return isKept
      ? { object, change: "changed", before, after }
      : { object, change: "added", after };
  }
  if (touch.effect === "define" && touch.mode !== "overwrite") {
    return state.origin === "unknown" ? { object, change: "added", after } : undefined;
  }
  return { object, change: before === undefined ? "unclear" : "changed", before, after };
}

/** A {@link Redefinition} of a field on a table that may hold records from before the plan. */
export function fieldRedefinition(
  context: TouchContext,
): (Redefinition & { readonly table: string }) | undefined {
  const found = redefinition(context);
  const table = found?.object.table;
  if (found?.object.kind !== "field" || table === undefined) return undefined;
  return holdsRecords(context, table) ? { ...found, table } : undefined;
}

/** Whether a table may hold records that were there before the plan. */
export function holdsRecords(context: TouchContext, table: string): boolean {
  const { origin } = context.before(tableOf(table));
  return origin === "live" || origin === "unknown";
}
