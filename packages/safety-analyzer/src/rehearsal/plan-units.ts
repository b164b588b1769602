import { significantTokens } from "@surql/surrealql";
import type { PlanStep } from "../plan-step.ts";
import type { PlacedStatement } from "./schema-rehearsal.ts";

/** Statements that have to run in one text. */
export type Unit = readonly PlacedStatement[];

/**
 * Takes a plan apart into what can be tried one after the other: its statements. A `LET` holds until its text
 * ends, so what stands between it and the last statement that uses its name stays together.
 */
export function planUnits(steps: readonly PlanStep[]): readonly Unit[] {
  const placed = steps.flatMap((step) =>
    step.statements.map((statement): PlacedStatement => ({ step, statement })),
  );
  const units: Unit[] = [];
  for (let first = 0; first < placed.length;) {
    const end = unitEnd(placed, first);
    units.push(placed.slice(first, end));
    first = end;
  }
  return units;
}

/** Behind the last statement of the unit that begins at `first`. */
function unitEnd(placed: readonly PlacedStatement[], first: number): number {
  let end = first + 1;
  for (let at = first; at < end; at++) {
    const name = letName(placed[at]!.statement.text);
    if (name === undefined) continue;
    end = Math.max(end, placed.findLastIndex(({ statement }) => statement.text.includes(name)) + 1);
  }
  return end;
}

/** `$user` of `LET $user = …`. */
function letName(text: string): string | undefined {
  if (!/\blet\b/i.test(text)) return undefined;
  const [word, ...rest] = significantTokens(text);
  if (word?.text.toUpperCase() !== "LET") return undefined;
  const end = rest.findIndex((token) => token.text === "=" || token.text === ":");
  return rest
    .slice(0, Math.max(1, end))
    .map((token) => token.text)
    .join("");
}
