import { describe, expect, test } from "vitest";
import {
  analyzeSteps,
  checkSyntax,
  judgeSteps,
  worstSafety,
  type RollbackIssue,
} from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

/** A rollback, and what the analysis must say about it. */
export interface JudgedCase {
  readonly name: string;
  /** What is in the database: schema and data. */
  readonly live?: string;
  /** The down scripts, in the order in which they run. */
  readonly down: string | readonly string[];
  /**
   * The issues in order, each as `level code object records`. Records are `-` where nothing is
   * counted, `<=n` where the number is an upper bound.
   */
  readonly issues: readonly string[];
  /** The issue comes from what is stored alone: the text promises nothing bad. */
  readonly byDataAlone?: boolean;
}

/** Judges each case against a real engine, and checks the laws that hold for all of them. */
export function judgeCases(title: string, cases: readonly JudgedCase[]): void {
  describe(title, () => {
    test.each(cases)("$name", async ({ live = "", down, issues: expected, byDataAlone }) => {
      await using db = await openDatabase();
      await db.query(live);
      const steps = stepsOf(...[down].flat());

      const { issues, overallSafety, requiresApproval } = await analyzeSteps(db, steps);

      expect(issues.map(inShort)).toEqual(expected);
      expect(overallSafety).toBe(worstSafety(issues.map(({ safety }) => safety)));
      expect(requiresApproval).toBe(expected.length > 0);
      // It is a plain value.
      expect(JSON.parse(JSON.stringify(issues))).toEqual(issues);
      // What is safe by reading alone is safe on the database too.
      if (!byDataAlone && judgeSteps(steps).overallSafety === "safe")
        expect(overallSafety).toBe("safe");
      // What is recommended can be run.
      for (const { recommendation } of issues) {
        if (recommendation === undefined || recommendation.startsWith("surql ")) continue;
        expect(await checkSyntax(db, stepsOf(recommendation)), recommendation).toEqual([]);
      }
    });
  });
}

function inShort({ safety, code, object, impact }: RollbackIssue): string {
  const path = object === undefined ? "-" : [object.table, object.name].filter(Boolean).join(".");
  const records = impact === undefined ? "-" : `${impact.exact ? "" : "<="}${impact.records}`;
  return `${safety} ${code} ${path} ${records}`;
}
