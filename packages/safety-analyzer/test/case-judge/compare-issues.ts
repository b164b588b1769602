import { isDeepStrictEqual } from "node:util";
import type { RollbackIssue } from "../../src/index.ts";
import type { CaseFolder, ExpectedIssue } from "./case-folder.ts";

/** The issues that are expected, and those that were found in the same form: equal when all is as it should be. */
export function compareIssues(
  found: readonly RollbackIssue[],
  { expected: { issues }, steps }: CaseFolder,
): { readonly found: readonly ExpectedIssue[]; readonly expected: readonly ExpectedIssue[] } {
  return {
    found: inOrder(found.map((one) => asExpected(one, issues, steps.length > 1))),
    expected: inOrder(issues.map((one) => ({ ...one, mayNotHappen: undefined }))),
  };
}

/** Of the sentences only those words that are expected and that stand in them. */
function asExpected(
  { safety, code, migration, object, impact, affectedData, description }: RollbackIssue,
  issues: readonly ExpectedIssue[],
  hasSeveralSteps: boolean,
): ExpectedIssue {
  const like = issues.find(
    (one) =>
      one.code === code &&
      isDeepStrictEqual(one.object, object) &&
      (one.migration ?? migration) === migration,
  );
  const text = `${description} ${affectedData}`;
  return {
    safety,
    code,
    ...(hasSeveralSteps ? { migration } : {}),
    ...(object === undefined ? {} : { object }),
    ...(impact === undefined ? {} : { impact }),
    ...(like?.affectedData === undefined || affectedData === undefined ? {} : { affectedData }),
    ...(like?.says === undefined ? {} : { says: like.says.filter((one) => text.includes(one)) }),
  };
}

/** The order of issues within a migration is nobody's promise. */
function inOrder(issues: readonly ExpectedIssue[]): readonly ExpectedIssue[] {
  const keys = new Map(issues.map((one) => [one, keyOf(one)]));
  return [...issues].sort((a, b) => (keys.get(a)! < keys.get(b)! ? -1 : 1));
}

function keyOf({ migration, code, object }: ExpectedIssue): string {
  return JSON.stringify([migration, code, object?.kind, object?.table, object?.name]);
}
