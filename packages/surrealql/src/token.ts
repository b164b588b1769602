/**
 * What a token is.
 *
 * - `whitespace`, `comment`: no meaning to the engine. The end of a line is not part of a comment.
 * - `word`: a bare name or keyword, and the bare keys of record ids (`user:01ab`).
 * - `name`: a quoted name, in backticks or in `⟨⟩`.
 * - `param`: `$limit`, also with a quoted name.
 * - `string`: with its prefix, if it has one: `d'2026-01-09T00:00:00Z'`.
 * - `number`, `duration`, `regex`: literals.
 * - `script`: the JavaScript body of `function() { … }`, braces included.
 * - `symbol`: operators, brackets and separators, as long as the engine reads them.
 * - `invalid`: what the engine cannot read: a stray character, or something that is never closed.
 */
export type TokenKind =
  | "whitespace"
  | "comment"
  | "word"
  | "name"
  | "param"
  | "string"
  | "number"
  | "duration"
  | "regex"
  | "script"
  | "symbol"
  | "invalid";

/** A piece of SurrealQL. Offsets count UTF-16 units from the start of the text; `end` is exclusive. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}
