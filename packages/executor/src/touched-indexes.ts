import type { PreparedStatement } from "./prepared-statement.ts";

/** An index by its table and name. */
export interface IndexName {
  readonly table: string;
  readonly name: string;
}

/** The indexes that a script builds, each once. Pure. */
export function touchedIndexes(statements: readonly PreparedStatement[]): readonly IndexName[] {
  const found = new Map<string, IndexName>();
  for (const { touches } of statements) {
    for (const touch of touches) {
      if (touch.effect !== "define" && touch.effect !== "rebuild") continue;
      const { kind, name, table } = touch.object;
      if (kind === "index" && table !== undefined) {
        found.set(JSON.stringify([table, name]), { table, name });
      }
    }
  }
  return [...found.values()];
}
