import { redactExcerpts } from "./redact-excerpts.ts";
import { redactFragments } from "./redact-fragments.ts";
import { redactTokens } from "./redact-tokens.ts";
import { redactUnquoted } from "./redact-unquoted.ts";
import { namesSecretClause, namesSecretValue } from "./secret-words.ts";
import { unquoteIdentifier, unquoteString } from "./unquote.ts";

/**
 * Puts `'[REDACTED]'` in the place of every secret literal of a text, and changes nothing else.
 *
 * Secret is the literal after `PASSWORD`, `PASSHASH` and `KEY`, after the `VALUE` of an algorithm
 * (`TYPE HS512 VALUE '…'`), what is assigned to a name such as `password`, `token` or `api_key`,
 * and what is handed to `crypto::…::generate` or `compare`. Of a `DEFINE USER`, the password that lacks its quotes as well.
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
  // Most texts of a schema have no literal at all, and many are looked at.
  if (!/["']|pass(?:word|hash)/i.test(text)) return text;
  return redactUnquoted(redactExcerpts(redactFragments(redactTokens(text, isSecretAfter))));
}

function isSecretAfter(word: string, before: string): boolean {
  if (word !== "=" && word !== ":") return namesSecretClause(word, before);
  return namesSecretValue(unquoteIdentifier(unquoteString(before)));
}
