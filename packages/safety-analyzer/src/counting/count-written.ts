import type { Database, Trial } from "@surql/connection";
import type { PlanTrial } from "../plan-trial.ts";
import type { Impact } from "../rollback-issue.ts";
import { countRemaining } from "./count-remaining.ts";
import { countUncopied, readCopiable } from "./count-uncopied.ts";
import { countUnmoved, readMovable } from "./count-unmoved.ts";
import { countDangling, readTargets } from "./dangling-links.ts";
import type {
  DanglingQuestion,
  RemainingQuestion,
  UncopiedQuestion,
  UnmovedQuestion,
  WrittenQuestion,
} from "./data-question.ts";
import type { Sources } from "./find-sources.ts";
import { readDigests, type Digests } from "./record-digests.ts";
import { whereAllowed } from "./where-allowed.ts";

/** What is run of the plan to see what becomes of records; `undefined` when it must not be. */
export type TrialOfPlan = (tooLarge: ReadonlySet<string>) => PlanTrial | undefined;

/** What only running the plan can tell. */
export type TrialQuestion =
  | WrittenQuestion
  | DanglingQuestion
  | UnmovedQuestion
  | UncopiedQuestion
  | RemainingQuestion;

/**
 * Counts the records that a plan deletes or changes, the values that it does not move, and the records whose links lead nowhere then, by running it in a
 * transaction that is always cancelled and comparing the records before and after each migration. Index builds are left
 * out; events fire.
 *
 * Only tables are looked at that together hold no more records than the budget allows, smallest first, and those
 * with links after all others.
 *
 * @returns No answer where the database cannot hold a transaction open or does not permit it, or where the
 * plan fails; an upper bound has to do then.
 */
export async function countWritten(
  db: Database,
  questions: readonly TrialQuestion[],
  sources: Sources,
  { rowBudget, trialOf }: { readonly rowBudget: number; readonly trialOf: TrialOfPlan },
): Promise<ReadonlyMap<TrialQuestion, Impact>> {
  if (!db.target.interactiveTransactions) return new Map();
  const written = questions.flatMap((one) => (one.count === "dangling" ? [] : [one.table]));
  const linked = questions.flatMap((one) =>
    one.count === "dangling" ? [one.target, one.table] : [],
  );
  const seen = withinBudget([written, linked], sources, rowBudget);
  if (seen.size === 0) return new Map();
  const tooLarge = Array.from(sources.readable.values()).filter(({ total }) => total > rowBudget);
  const plan = trialOf(new Set(tooLarge.map(({ table }) => table)));
  if (plan === undefined) return new Map();
  const answerable = questions.filter(
    (one) => seen.has(one.table) && (one.count !== "dangling" || seen.has(one.target)),
  );
  if (answerable.length === 0) return new Map();
  const counted = await whereAllowed(() => db.rehearse((trial) => run(trial, plan, answerable)));
  return counted ?? new Map();
}

/** @param groups Tables, the most important ones first. */
function withinBudget(
  groups: readonly (readonly string[])[],
  { readable }: Sources,
  rowBudget: number,
): ReadonlySet<string> {
  const seen = new Set<string>();
  let rest = rowBudget;
  for (const group of groups) {
    const sources = [...new Set(group)].flatMap((table) => readable.get(table) ?? []);
    for (const { table, total } of sources.sort((a, b) => a.total - b.total)) {
      if (seen.has(table) || total > rest) continue;
      rest -= total;
      seen.add(table);
    }
  }
  return seen;
}

async function run(
  trial: Trial,
  plan: PlanTrial,
  answerable: readonly TrialQuestion[],
): Promise<ReadonlyMap<TrialQuestion, Impact>> {
  const counted = new Map<TrialQuestion, Impact>();
  const questions = answerable.filter((one) => one.count === "written");
  const aboutLinks = answerable.filter((one) => one.count === "dangling");
  const read = (table: string): Promise<Digests> =>
    readDigests(trial, table, plan.computedFields(table));
  const movable = await readMovable(
    trial,
    answerable.filter((one) => one.count === "unmoved"),
  );
  const computed = (table: string): readonly string[] => plan.computedFields(table);
  const copiable = await readCopiable(
    trial,
    answerable.filter((one) => one.count === "uncopied"),
    computed,
  );
  const atFirst = new Map<string, Digests>();
  for (const { table } of questions) {
    if (!atFirst.has(table)) atFirst.set(table, await read(table));
  }
  // The contents as they are now, of those tables that nothing ran on since they were read.
  let known = new Map(atFirst);
  for (const { migration, statements } of plan.steps) {
    const asked = questions.filter((question) => question.migration === migration);
    const before = new Map<string, Digests>();
    for (const { table } of asked) {
      if (!before.has(table)) before.set(table, known.get(table) ?? (await read(table)));
    }
    const links = aboutLinks.filter((question) => question.migration === migration);
    const targets = await readTargets(trial, links);
    if (statements.length > 0) {
      await trial.query(statements.map(({ text }) => `${text}\n;`).join("\n"));
      known = new Map();
    }
    for (const [table, digests] of before) {
      const now = known.get(table) ?? (await read(table));
      known.set(table, now);
      const differences = compare(digests, now, atFirst.get(table)!);
      const about = asked.filter((question) => question.table === table);
      for (const question of about) counted.set(question, answerTo(question, differences, about));
    }
    const dangling = await countDangling(trial, links, targets);
    for (const [question, count] of dangling) counted.set(question, count);
  }
  for (const [question, count] of await countUnmoved(trial, movable)) counted.set(question, count);
  for (const [question, count] of await countUncopied(trial, copiable, computed)) {
    counted.set(question, count);
  }
  const remaining = answerable.filter((one) => one.count === "remaining");
  for (const [question, count] of await countRemaining(trial, remaining)) {
    counted.set(question, count);
  }
  return counted;
}

interface Differences {
  readonly deleted: number;
  readonly changed: number;
}

/** Only of records that were there before the plan. */
function compare(before: Digests, after: Digests, atFirst: Digests): Differences {
  let deleted = 0;
  let changed = 0;
  for (const [id, digest] of before) {
    const now = after.get(id);
    if (now === digest || !atFirst.has(id)) continue;
    if (now === undefined) deleted++;
    else changed++;
  }
  return { deleted, changed };
}

/**
 * A record that is deleted and made anew looks like one that was changed. So where nobody asks for the one kind,
 * what is of that kind may be of the other.
 */
function answerTo(
  { how }: WrittenQuestion,
  differences: Differences,
  about: readonly WrittenQuestion[],
): Impact {
  const others = about.some((one) => one.how !== how)
    ? 0
    : differences[how === "deleted" ? "changed" : "deleted"];
  return { records: differences[how] + others, exact: others === 0 };
}
