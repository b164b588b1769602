import type { Schema } from "@surql/snapshot";
import { significantTokens, unquoteIdentifier } from "@surql/surrealql";
import type { PlannedTouch } from "../read-plan.ts";

/** The tables of a schema whose records a plan may deal with: all of them where reading cannot tell. */
export function touchedTables(
  plan: readonly PlannedTouch[],
  { tables, edges }: Schema,
): ReadonlySet<string> {
  const all = [...Object.keys(tables), ...Object.keys(edges)];
  const isOpen = plan.some(
    ({ touch }) =>
      touch.effect === "call" ||
      touch.effect === "unknown" ||
      (touch.effect === "write" && touch.tables === undefined),
  );
  if (isOpen) return new Set(all);
  const words = new Set(plan.flatMap(({ statement }) => namesIn(statement.text)));
  return new Set(all.filter((table) => words.has(table)));
}

/** Every word of a text that can be a name, without its quotes. */
export function namesIn(text: string): readonly string[] {
  return significantTokens(text).flatMap(({ kind, text: word }) =>
    kind === "word" || kind === "name" ? [unquoteIdentifier(word)] : [],
  );
}
