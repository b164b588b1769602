import type { Trial } from "@surql/connection";
import { quoteIdentifier } from "@surql/surrealql";
import { quotePath } from "../field-path.ts";
import type { Impact } from "../rollback-issue.ts";
import type { UnmovedQuestion } from "./data-question.ts";

/** What a record holds in a field and in the one that its value goes to, as texts that tell types apart. */
type Held = readonly [value: string, there: string];

/** The contents of fields before a plan, by question and by the text of each record's id. */
export type HeldBefore = ReadonlyMap<UnmovedQuestion, ReadonlyMap<string, Held>>;

/** Reads what there is to be moved. */
export async function readMovable(
  trial: Trial,
  questions: readonly UnmovedQuestion[],
): Promise<HeldBefore> {
  const held = new Map<UnmovedQuestion, ReadonlyMap<string, Held>>();
  for (const question of questions) held.set(question, await readHeld(trial, question));
  return held;
}

/** Counts the values that are not where they should be, or for which another one had to go. */
export async function countUnmoved(
  trial: Trial,
  before: HeldBefore,
): Promise<ReadonlyMap<UnmovedQuestion, Impact>> {
  const counted = new Map<UnmovedQuestion, Impact>();
  for (const [question, held] of before) {
    const after = await readHeld(trial, question);
    const unmoved = [...held].filter(([id, [value, there]]) => {
      if (value === nothing) return false;
      return after.get(id)?.[1] !== value || (there !== nothing && there !== value);
    });
    counted.set(question, { records: unmoved.length, exact: true });
  }
  return counted;
}

/** What is read for no value: of a string with this content it is `['NONE']`. */
const nothing = "[NONE]";

async function readHeld(
  trial: Trial,
  { table, field, to }: UnmovedQuestion,
): Promise<ReadonlyMap<string, Held>> {
  const columns = [field, to].map((path) => `<string> [${quotePath(path)}]`);
  const [rows] = await trial.query(
    `SELECT VALUE [<string> id, ${columns.join(", ")}] FROM ${quoteIdentifier(table)}`,
  );
  return new Map(
    (rows as readonly (readonly [string, string, string])[]).map(([id, ...held]) => [id, held]),
  );
}
