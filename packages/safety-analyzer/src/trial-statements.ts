import type { Schema } from "@surql/snapshot";
import { quoteIdentifier, type Statement } from "@surql/surrealql";
import { bearingSteps } from "./bearing-steps.ts";
import { readLiveSchema } from "./live-schema.ts";
import { outsideEffects } from "./outside-effects.ts";
import type { PlanStep } from "./plan-step.ts";

/**
 * The statements of a plan to run before writes to a table are tried: those that bear on such a write.
 * Events are removed, for they are not what is tried.
 *
 * @returns `undefined` when trying them could do harm, or would tell nothing.
 */
export function trialStatements(
  steps: readonly PlanStep[],
  schema: Schema,
  table: string,
): readonly string[] | undefined {
  const chosen = bearingSteps(steps, new Set([table]));
  if (chosen === undefined) return undefined;
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
