import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import type { CaseFolder } from "./case-folder.ts";
import { duplicateDifferences } from "./count-duplicates.ts";
import { effectDifferences, type Evidence } from "./effect-differences.ts";
import { findLosses } from "./find-losses.ts";
import { observeDatabase, type Observation } from "./observe-database.ts";

/**
 * Runs the rollback, and compares what it did with what `expected.json` says.
 *
 * @returns In what they differ; empty when they agree.
 */
export async function judgeByEngine(
  db: Database,
  before: Observation,
  one: CaseFolder,
): Promise<readonly string[]> {
  const { steps, expected } = one;
  const script = steps.flatMap((step) => step.statements.map(({ text }) => ({ text })));
  const refusal = await refusalOf(db.transact(script));
  if (refusal !== undefined || expected.fails !== undefined) {
    const isExpected = expected.fails !== undefined && refusal?.includes(expected.fails) === true;
    if (!isExpected) return [`the engine says ${refusal ?? "nothing"}`];
  }
  const after = await observeDatabase(db);
  const evidence = { before, after, expected };
  return [
    ...unnamedLosses(evidence),
    ...(refusal === undefined ? effectDifferences(evidence) : []),
    ...(await duplicateDifferences(before, one)),
  ];
}

async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (isSurqlError(error)) return String(error.meta["reason"]);
    throw error;
  }
}

/** Nothing is lost but what an issue names; code that runs may do more than its own name says. */
function unnamedLosses({ before, after, expected }: Evidence): readonly string[] {
  const { issues } = expected;
  if (issues.some(({ code }) => code === "side_effects")) return [];
  const isNamed = (of: string): boolean =>
    issues.some(({ object, says = [] }) => {
      if (object === undefined || says.some((words) => words.includes(of))) return true;
      const { kind, table, name } = object;
      const paths = [table, name, `${kind} ${name}`, `$${name}`];
      return paths.some(
        (path) => path === of || of.startsWith(`${path} `) || of.startsWith(`${path}.`),
      );
    });
  return findLosses(before, after).flatMap(({ of, what }) => (isNamed(of) ? [] : [what]));
}
