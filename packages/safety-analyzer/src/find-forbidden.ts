import { redactSecrets } from "@surql/surrealql";
import { forbiddenStatement } from "./errors.ts";
import { prohibitionsOf } from "./prohibition.ts";
import type { PlanStep } from "./plan-step.ts";
import { readPlan, type PlannedTouch } from "./read-plan.ts";

/** A statement that a migration must not hold. */
export interface ForbiddenStatement {
  readonly migration: string;
  /** Line of the statement in its file, from 1. */
  readonly line: number;
  /** Column of the statement in that line, in UTF-16 units, from 1. */
  readonly column: number;
  /** The statement, secrets taken out. */
  readonly statement: string;
  /** What is forbidden in it: `USE`, `REMOVE DATABASE`, … */
  readonly what: string;
  readonly why: string;
  /** What to write instead. */
  readonly instead: string;
}

/**
 * Finds the statements that surql never runs, wherever they stand in a script: they would leave the
 * database or the transaction, cannot be undone, or make a table unusable.
 *
 * @param steps The scripts, up or down.
 * @returns All of them, in order; empty when there is none.
 * @example
 * ```ts
 * findForbidden([{ migration: "20260109_120000", statements: splitStatements("USE NS other;") }])[0]?.what; // "USE"
 * ```
 */
export function findForbidden(steps: readonly PlanStep[]): readonly ForbiddenStatement[] {
  return forbiddenIn(readPlan(steps));
}

/** The same for a plan that is read already. */
export function forbiddenIn(plan: readonly PlannedTouch[]): readonly ForbiddenStatement[] {
  const found = new Map<string, ForbiddenStatement>();
  for (const { step, statement, touch } of plan) {
    for (const prohibition of prohibitionsOf(touch)) {
      const { text, line, column } = statement;
      const { migration } = step;
      const one = { migration, line, column, statement: redactSecrets(text), ...prohibition };
      found.set(JSON.stringify([migration, line, column, text, one.what]), one);
    }
  }
  return [...found.values()];
}

/**
 * Throws `SAFETY.FORBIDDEN_STATEMENT` when {@link findForbidden} finds something; `meta.found` holds all of it.
 *
 * @example
 * ```ts
 * refuseForbidden(steps); // before anything is written
 * ```
 */
export function refuseForbidden(steps: readonly PlanStep[]): void {
  const found = findForbidden(steps);
  if (found[0] !== undefined) throw forbiddenStatement(found[0], found);
}
