import {
  clausesOf,
  isWord,
  quoteIdentifier,
  significantTokens,
  unquoteIdentifier,
} from "@surql/surrealql";
import type { SchemaChange } from "../difference.ts";
import { memberPath } from "../object-path.ts";
import type { TableSnapshot } from "../snapshot.ts";
import type { DifferenceStatement } from "./difference-script.ts";

/**
 * Builds anew the indexes that stay as they are while their analyzer changes: what they hold was cut into words by the old one (measured on 3.0.2:
 * records are not found until then).
 */
export function indexesToRebuild(
  changes: readonly SchemaChange[],
  before: ReadonlyMap<string, TableSnapshot>,
  after: ReadonlyMap<string, TableSnapshot>,
  renewed: ReadonlySet<string>,
): readonly DifferenceStatement[] {
  const analyzers = new Set(
    changes.flatMap(({ kind, change, name }) =>
      kind === "analyzer" && change === "modified" ? [name] : [],
    ),
  );
  if (analyzers.size === 0) return [];
  return [...after].flatMap(([table, { indexes }]) =>
    Object.entries(indexes).flatMap(([name, text]) => {
      const stays = before.get(table)?.indexes[name] === text && !renewed.has(table);
      const analyzer = stays ? analyzerOf(text) : undefined;
      if (analyzer === undefined || !analyzers.has(analyzer)) return [];
      return {
        effect: "rebuild" as const,
        kind: "index",
        path: memberPath(table, "index", name),
        text: `REBUILD INDEX ${quoteIdentifier(name)} ON ${quoteIdentifier(table)}`,
      };
    }),
  );
}

function analyzerOf(index: string): string | undefined {
  const tokens = significantTokens(clausesOf(index)["FULLTEXT"] ?? "");
  const name = tokens[tokens.findIndex((token) => isWord(token, "ANALYZER")) + 1];
  return tokens.length === 0 || name === undefined ? undefined : unquoteIdentifier(name.text);
}
