import { ownedTables, type Schema } from "@surql/snapshot";
import type { Statement, Touch } from "@surql/surrealql";
import type { PlanStep } from "../plan-step.ts";
import { readPlan, touchesByStatement, type PlannedTouch } from "../read-plan.ts";
import { cutPlan, type Cut } from "./cut-plan.ts";
import { dependsOnRecords } from "./depends-on-records.ts";
import type { Mishap } from "./ground.ts";
import { planUnits } from "./plan-units.ts";
import { readMishap, type MishapMeaning } from "./read-mishap.ts";
import { namesIn } from "./touched-tables.ts";

/** A plan, ready to be rehearsed. */
export interface RehearsalPlan {
  readonly steps: readonly PlanStep[];
  readonly schema: Schema;
  readonly touches: readonly PlannedTouch[];
  touchesOf(statement: Statement): readonly Touch[];
  readonly cuts: readonly Cut[];
  /** How many cuts there may be. */
  readonly limit: number;
  /** Tells what failures mean, where these objects are not on the ground, and all records or not. */
  meaningOf(omitted: readonly string[], hasAllRecords: boolean): (mishap: Mishap) => MishapMeaning;
}

/** A look at the schema takes 0.1 to 0.2 ms for each table: all of them together take a few seconds at most. */
const tablesToLookAt = 20_000;

/** Reads a plan, and decides where to look at the schema. Pure. */
export function prepareRehearsal(
  steps: readonly PlanStep[],
  schema: Schema,
  ends?: ReadonlySet<Statement>,
): RehearsalPlan {
  const touches = readPlan(steps);
  const byStatement = touchesByStatement(touches);
  const touchesOf = (statement: Statement): readonly Touch[] =>
    (byStatement.get(statement) ?? []).map(({ touch }) => touch);
  const tables = Object.keys(schema.tables).length + Object.keys(schema.edges).length;
  const limit = Math.max(4, Math.floor(tablesToLookAt / (tables + 10)));
  return {
    steps,
    schema,
    touches,
    touchesOf,
    cuts: cutPlan(planUnits(steps), touchesOf, limit, ends),
    limit,
    meaningOf(omitted, hasAllRecords) {
      const absent = new Set([...ownedTables, ...omitted.flatMap(namesIn)]);
      return ({ placed: { statement }, error }) => {
        // Live queries are on the database itself, as are the objects that the ground does not hold.
        const isPartial =
          touchesOf(statement).some((one) => one.effect === "control" && one.word === "KILL") ||
          namesIn(statement.text).some((name) => absent.has(name));
        const mayLackRecords =
          !hasAllRecords && dependsOnRecords(statement.text, touchesOf(statement));
        return readMishap(error, mayLackRecords, isPartial);
      };
    },
  };
}
