import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  analyzeSteps,
  checkSyntax,
  findForbidden,
  refuseForbidden,
  refuseInvalid,
} from "../src/index.ts";
import { readCaseFolders, type CaseFolder } from "./case-judge/case-folder.ts";
import { compareIssues } from "./case-judge/compare-issues.ts";
import { judgeByEngine } from "./case-judge/judge-by-engine.ts";
import { doAfter, tryBefore } from "./case-judge/judge-recommendations.ts";
import { observeDatabase } from "./case-judge/observe-database.ts";
import { pending } from "./cases/pending.ts";
import { openDatabase } from "./open-database.ts";

const cases = readCaseFolders(fileURLToPath(new URL("cases", import.meta.url)));

describe.concurrent("the analysis says what is so", () => {
  const judged = cases.filter(({ expected }) => expected.refused === undefined);
  test.for(byPath(judged))("%s", async ([, one]) => {
    await using db = await openDatabase();
    await db.query(one.schema);
    await db.query(one.data);
    refuseForbidden(one.steps);
    await refuseInvalid(db, one.steps);
    // Observed first: the analysis itself must leave no trace.
    const before = await observeDatabase(db);
    const { issues, overallSafety } = await analyzeSteps(db, one.steps, { rehearse: true });

    const { found, expected } = compareIssues(issues, one);
    const { fails } = one.expected;
    // What the rollback itself is refused for is no news.
    const refused = (await tryBefore(db, issues)).filter((why) => !fails || !why.includes(fails));
    expect((await judgeByEngine(db, before, one)).join("\n")).toBe("");
    if (fails === undefined) refused.push(...(await doAfter(db, issues, before)));

    const verdict = { safety: overallSafety, issues: found, refused };
    const wanted = { safety: one.expected.safety, issues: expected, refused: [] };
    if (!pending.has(one.path)) expect(verdict).toEqual(wanted);
    else expect(verdict, "It holds now: take it off pending.ts.").not.toEqual(wanted);
  });
});

describe.concurrent("a script is refused before it runs", () => {
  const refused = cases.filter(({ expected }) => expected.refused !== undefined);
  test.for(byPath(refused))("%s", async ([, one]) => {
    await using db = await openDatabase();
    await db.query(one.schema);
    await db.query(one.data);
    const forbidden = findForbidden(one.steps);
    const found = forbidden.length > 0 ? forbidden : await checkSyntax(db, one.steps);
    const refusal = async (): Promise<void> => {
      refuseForbidden(one.steps);
      await refuseInvalid(db, one.steps);
    };

    await expect(refusal()).rejects.toMatchObject({ code: one.expected.refused });
    expect(found.map(placeOf)).toEqual(one.expected.found);
  });
});

test("every pending case is there", () => {
  const paths = new Set(cases.map(({ path }) => path));
  expect([...pending].filter((path) => !paths.has(path))).toEqual([]);
});

function byPath(found: readonly CaseFolder[]): readonly (readonly [string, CaseFolder])[] {
  return found.map((one) => [one.path, one]);
}

function placeOf({ line, column, ...rest }: Place): object {
  return "what" in rest ? { line, column, what: rest.what } : { line, column };
}

interface Place {
  readonly line: number;
  readonly column: number;
  readonly what?: string;
}
