import { quoteIdentifier } from "@surql/surrealql";
import type { Assumption } from "./assumption.ts";
import { conditionOf } from "./counting/conditions.ts";
import { amount } from "./wording.ts";
import type { RollbackIssue } from "./rollback-issue.ts";

/** Counting the values of a field reads the whole table: with more records than this, it is not done again. */
const mostToCountAgain = 100_000;

/**
 * What must not have grown since it was approved: the records of a table that goes and the values of a field that goes,
 * where they were counted exactly. Pure.
 *
 * @returns `assumptions` with `atMost`, and `uncounted`: the paths of the objects that are too large to be counted again.
 * @example
 * ```ts
 * const { issues } = await analyzeSteps(db, [
 *   { migration: "20260108_120000", statements: splitStatements("REMOVE TABLE user;") },
 * ]);
 * approvedLosses(issues).assumptions[0]?.description; // "user holds no more than 1,204 records"
 * ```
 */
export function approvedLosses(issues: readonly RollbackIssue[]): {
  readonly assumptions: readonly Assumption[];
  readonly uncounted: readonly string[];
} {
  const assumptions: Assumption[] = [];
  const uncounted: string[] = [];
  for (const { code, migration, object, impact } of issues) {
    // That there is nothing to lose is an assumption of its own.
    if (object === undefined || impact?.exact !== true || impact.records === 0) continue;
    const { records } = impact;
    const { table, name } = object;
    const common = { migration, code, object, atMost: records };
    if (code === "table_removed" && object.kind === "table") {
      const description = `${name} holds no more than ${amount(records, "record")}`;
      assumptions.push({ ...common, description, check: countOf(name) });
    } else if (code === "field_removed" && table !== undefined) {
      const condition = conditionOf({ count: "values", table, field: name });
      if (condition === undefined) continue;
      if (records > mostToCountAgain) {
        uncounted.push(`${table}.${name}`);
        continue;
      }
      const description = `no more than ${amount(records, "record")} of ${table} hold ${name}`;
      assumptions.push({ ...common, description, check: countOf(table, condition.sql) });
    }
  }
  return { assumptions, uncounted };
}

function countOf(table: string, condition?: string): string {
  const where = condition === undefined ? "" : ` WHERE ${condition}`;
  return `(SELECT count() FROM ${quoteIdentifier(table)}${where} GROUP ALL)[0].count ?? 0`;
}
