import { quoteIdentifier, readStatement, tokenize } from "@surql/surrealql";

/**
 * Replaces `DEFINE INDEX OVERWRITE` by `REMOVE INDEX` and `DEFINE INDEX`. Pure.
 *
 * An OVERWRITE that changes the definition and then fails or is undone leaves the old index defined,
 * "ready" and empty; removing and defining is undone cleanly (docs/engine.md).
 *
 * @returns The statement itself when it is something else.
 */
export function replaceIndexOverwrite(text: string): readonly string[] {
  if (!/overwrite/i.test(text)) return [text];
  const [touch, ...more] = readStatement(text).touches;
  if (touch?.effect !== "define" || more.length > 0) return [text];
  const { kind, name, table } = touch.object;
  if (kind !== "index" || touch.mode !== "overwrite" || table === undefined) return [text];

  const overwrite = tokenize(text).find((token) => token.text.toUpperCase() === "OVERWRITE");
  if (overwrite === undefined) return [text];
  return [
    `REMOVE INDEX IF EXISTS ${quoteIdentifier(name)} ON TABLE ${quoteIdentifier(table)}`,
    text.slice(0, overwrite.start) + text.slice(overwrite.end).trimStart(),
  ];
}
