import type { Schema } from "@surql/snapshot";
import { quoteIdentifier, type Statement, type Touch } from "@surql/surrealql";
import { readLiveSchema } from "./live-schema.ts";
import { outsideEffects } from "./outside-effects.ts";
import type { PlanStep } from "./plan-step.ts";
import { readPlan } from "./read-plan.ts";
import { isWord, significantTokens } from "./significant-tokens.ts";

/**
 * The statements of a plan to run before writes to a table are tried: those that bear on such a write. Index
 * builds do not, and take long; events are removed, for they are not what is tried.
 *
 * @returns `undefined` when trying them could do harm, or would tell nothing.
 */
export function trialStatements(
  steps: readonly PlanStep[],
  schema: Schema,
  table: string,
): readonly string[] | undefined {
  const touchesOf = new Map<Statement, Touch[]>();
  for (const { statement, touch } of readPlan(steps)) {
    touchesOf.set(statement, [...(touchesOf.get(statement) ?? []), touch]);
  }
  const chosen: PlanStep[] = [];
  for (const step of steps) {
    const statements: Statement[] = [];
    for (const statement of step.statements) {
      const touches = touchesOf.get(statement) ?? [];
      if (touches.some(({ effect }) => effect === "unknown" || effect === "control")) {
        return undefined;
      }
      const bears = touches.some((touch) => bearsOn(touch, table)) || isVariable(statement);
      if (bears) statements.push(statement);
    }
    chosen.push({ ...step, statements });
  }
  const closing = [...eventRemovals(schema, table), writeTo(table)];
  const trial = [...chosen, { migration: "", statements: closing }];
  if (outsideEffects(trial, schema).length > 0) return undefined;
  return chosen.flatMap(({ statements }) => statements.map(({ text }) => text));
}

function bearsOn(touch: Touch, written: string): boolean {
  if (touch.effect === "write") return touch.tables?.includes(written) ?? true;
  if (touch.effect === "call") return true;
  if (!("object" in touch)) return false;
  const { kind, table, name } = touch.object;
  if (kind === "index") return false;
  return kind === "table" ? name === written : table === undefined || table === written;
}

/** What a later statement may need. */
function isVariable({ text }: Statement): boolean {
  return isWord(significantTokens(text)[0], "LET");
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
