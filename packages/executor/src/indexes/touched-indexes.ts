import type { UncheckedIndex } from "@surql/history";
import type { PreparedStatement } from "../run/prepared-statement.ts";

/** An index by its table and name. */
export interface IndexName {
  readonly table: string;
  readonly name: string;
}

/** The indexes that a script builds, each once. Pure. */
function touchedIndexes(statements: readonly PreparedStatement[]): readonly UncheckedIndex[] {
  const found = new Map<string, UncheckedIndex>();
  for (const { touches } of statements) {
    for (const touch of touches) {
      if (touch.effect !== "define" && touch.effect !== "rebuild") continue;
      const { kind, name, table } = touch.object;
      if (kind === "index" && table !== undefined) {
        const inBackground =
          touch.effect === "rebuild" || touch.clauses["CONCURRENTLY"] !== undefined;
        found.set(JSON.stringify([table, name]), { table, name, inBackground });
      }
    }
  }
  return [...found.values()];
}

/** What the event of a part keeps until its indexes are checked; `undefined` when it builds none. Pure. */
export function indexesToCheck({
  statements,
}: {
  readonly statements: readonly PreparedStatement[];
}): readonly UncheckedIndex[] | undefined {
  const indexes = touchedIndexes(statements);
  return indexes.length === 0 ? undefined : indexes;
}

/**
 * The indexes that a part may empty although it is undone: `DEFINE INDEX OVERWRITE` in a block, where it could not be
 * replaced (docs/engine.md). Pure.
 */
export function indexesAtRisk(statements: readonly PreparedStatement[]): readonly UncheckedIndex[] {
  const risky = statements.filter(({ touches }) =>
    touches.some(
      (touch) =>
        touch.effect === "define" && touch.object.kind === "index" && touch.mode === "overwrite",
    ),
  );
  return touchedIndexes(risky);
}
