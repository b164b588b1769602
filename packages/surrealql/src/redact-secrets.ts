import { redactExcerpts } from "./redact-excerpts.ts";
import { redacted, redactFragments } from "./redact-fragments.ts";
import { namesSecretClause, namesSecretValue } from "./secret-words.ts";
import type { Token } from "./token.ts";
import { tokenize } from "./tokenize.ts";
import { unquoteIdentifier, unquoteString } from "./unquote.ts";

/**
 * Puts `'[REDACTED]'` in the place of every secret literal of a text, and changes nothing else.
 *
 * Secret is the literal after `PASSWORD`, `PASSHASH` and `KEY`, after the `VALUE` of an algorithm
 * (`TYPE HS512 VALUE '…'`), what is assigned to a name such as `password`, `token` or `api_key`,
 * and what is handed to `crypto::…::generate` or `compare`.
 *
 * The text need not be SurrealQL: error messages quote parts of statements, cut anywhere or escaped
 * as JSON. So secrets are looked for in comments and strings too, and one that is not closed ends
 * with the text. What cannot be found is a piece out of the middle of a secret: of a parse error
 * inside of one the engine may quote nothing else. Repeat its first line and its position, not its excerpt.
 *
 * @example
 * ```ts
 * redactSecrets("DEFINE USER ada ON ROOT PASSWORD 'tiger' ROLES OWNER");
 * // DEFINE USER ada ON ROOT PASSWORD '[REDACTED]' ROLES OWNER
 * ```
 */
export function redactSecrets(text: string): string {
  return redactExcerpts(redactFragments(redactTokens(text)));
}

/** Finds the secrets of a well-formed text, comments between keyword and literal included. */
function redactTokens(text: string): string {
  const tokens = tokenize(text);
  const pieces = tokens.map((token) => token.text);
  let previous: Token | undefined;
  let beforeThat: Token | undefined;
  tokens.forEach((token, index) => {
    if (token.kind === "whitespace" || token.kind === "comment") return;
    if (isLiteral(token) && isSecretAfter(previous?.text ?? "", beforeThat?.text ?? "")) {
      pieces[index] = redacted;
    }
    beforeThat = previous;
    previous = token;
  });
  return pieces.join("");
}

function isSecretAfter(word: string, before: string): boolean {
  if (word !== "=" && word !== ":") return namesSecretClause(word, before);
  return namesSecretValue(unquoteIdentifier(unquoteString(before)));
}

function isLiteral({ kind, text }: Token): boolean {
  return kind === "string" || (kind === "invalid" && /^[sdurbf]?["']/.test(text));
}
