import { isWord, readingOf, significantTokens, unquoteIdentifier } from "@surql/surrealql";
import type { PlanStep } from "./plan-step.ts";

const read = new WeakMap<PlanStep, ReadonlyMap<string, readonly string[]>>();

/**
 * The tables that a script copies records of a table into, by `INSERT INTO to (SELECT … FROM table)`. Whether it copies all, and as they are, is for the data
 * to show. A script is read once, as each of its removals asks for it.
 */
export function copiedInto(step: PlanStep, table: string): readonly string[] {
  const known = read.get(step) ?? copiesBySource(step);
  read.set(step, known);
  return known.get(table) ?? [];
}

function copiesBySource({ statements }: PlanStep): ReadonlyMap<string, readonly string[]> {
  const copies = new Map<string, readonly string[]>();
  for (const statement of statements) {
    const [touch] = readingOf(statement).touches;
    if (touch?.effect !== "write" || touch.verb !== "insert" || touch.conditional) continue;
    const source = sourceOf(statement.text);
    if (source === undefined) continue;
    copies.set(source, [...(copies.get(source) ?? []), ...(touch.tables ?? [])]);
  }
  return copies;
}

/** The one table that a statement reads from, by its name. */
function sourceOf(text: string): string | undefined {
  const tokens = significantTokens(text);
  const [at, ...more] = tokens.flatMap((token, index) => (isWord(token, "FROM") ? [index] : []));
  const source = at === undefined || more.length > 0 ? undefined : tokens[at + 1];
  const isName = source?.kind === "word" || source?.kind === "name";
  return isName ? unquoteIdentifier(source.text) : undefined;
}
