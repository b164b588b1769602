import type { PreparedStatement } from "./prepared-statement.ts";

/** An index by its table and name. */
export interface IndexName {
  readonly table: string;
  readonly name: string;
}

/** An index that a script builds. */
export interface TouchedIndex extends IndexName {
  /** Whether the build may go on when its statement is done: `CONCURRENTLY`. */
  readonly inBackground: boolean;
}

/** The indexes that a script builds, each once. Pure. */
export function touchedIndexes(statements: readonly PreparedStatement[]): readonly TouchedIndex[] {
  const found = new Map<string, TouchedIndex>();
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
