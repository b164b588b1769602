import type { Migration } from "@surql/migration";
import { differenceScript, objectPath, type DifferenceGap, type Schema } from "@surql/snapshot";
import { readingOf } from "@surql/surrealql";

/** A script, and why it cannot be whole. */
export interface WrittenScript {
  readonly statements: readonly string[];
  readonly faults: readonly string[];
}

/**
 * Writes what turns one schema into another. A secret, which no schema holds, is taken from the statement that defined it. Pure.
 *
 * @param sources The migrations that led to `after`, parents first.
 */
export function writeScript(
  before: Schema,
  after: Schema,
  sources: readonly Migration[],
): WrittenScript {
  const { statements, gaps } = differenceScript(before, after);
  const found = gaps.map((gap) => ({ gap, text: originalOf(gap, sources) }));
  return {
    statements: [...statements.map(({ text }) => text), ...found.flatMap(({ text }) => text ?? [])],
    faults: found.flatMap(({ gap, text }) =>
      text === undefined ? [`${gap.path} cannot be ${gap.change}: ${reasons[gap.reason]}.`] : [],
    ),
  };
}

const reasons: Readonly<Record<DifferenceGap["reason"], string>> = {
  impossible: "SurrealQL has no statement for it",
  secret: "no statement by itself defines it with its secret",
  unreadable: "the engine does not show what belongs to it",
};

function originalOf(gap: DifferenceGap, sources: readonly Migration[]): string | undefined {
  if (gap.reason !== "secret") return undefined;
  const defining = sources
    .flatMap(({ up }) => up)
    .findLast((statement) => {
      const { touches } = readingOf(statement);
      return touches.some((one) => one.effect === "define" && objectPath(one.object) === gap.path);
    });
  const [touch, ...more] = defining === undefined ? [] : readingOf(defining).touches;
  if (touch?.effect !== "define" || touch.conditional === true || more.length > 0) return undefined;
  // Another one is there, which has to give way.
  return gap.change === "modified" && touch.mode !== "overwrite" ? undefined : defining?.text;
}
