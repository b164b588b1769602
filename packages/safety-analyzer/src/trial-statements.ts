import type { Schema } from "@surql/snapshot";
import { quoteIdentifier, type Statement } from "@surql/surrealql";
import { bearingSteps } from "./bearing-steps.ts";
import type { TrialStatements } from "./counting/answer-by-trial.ts";
import { readLiveSchema } from "./live-schema.ts";
import { outsideEffects } from "./outside-effects.ts";
import type { PlanStep } from "./plan-step.ts";

/**
 * Finds the statements of a plan to run before writes to a table are tried: those that bear on such a write. Each table
 * is looked at once, however many kinds of trial ask for it.
 *
 * @returns For a table `undefined` when trying them could do harm, or would tell nothing.
 */
export function trialStatements(steps: readonly PlanStep[], schema: Schema): TrialStatements {
  const known = new Map<string, readonly string[] | undefined>();
  return (table) => {
    if (!known.has(table)) known.set(table, statementsFor(steps, schema, table));
    return known.get(table);
  };
}

function statementsFor(
  steps: readonly PlanStep[],
  schema: Schema,
  table: string,
): readonly string[] | undefined {
  const chosen = bearingSteps(steps, new Set([table]));
  if (chosen === undefined) return undefined;
  // Events are not what is tried: whoever tries a write takes them off first.
  const closing = [...eventRemovals(schema, table), writeTo(table)];
  const trial = [...chosen, { migration: "", statements: closing }];
  if (outsideEffects(trial, schema).length > 0) return undefined;
  return chosen.flatMap(({ statements }) => statements.map(({ text }) => text));
}

function eventRemovals(schema: Schema, table: string): readonly Statement[] {
  const events = readLiveSchema(schema).ofTable(table, "event");
  return events.map(({ object }) =>
    asStatement(`REMOVE EVENT ${quoteIdentifier(object.name)} ON ${quoteIdentifier(table)}`),
  );
}

function writeTo(table: string): Statement {
  return asStatement(`UPDATE ${quoteIdentifier(table)}`);
}

function asStatement(text: string): Statement {
  return { text, line: 1, column: 1 };
}
