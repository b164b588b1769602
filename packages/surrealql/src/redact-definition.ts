import { redactTokens } from "./redact-tokens.ts";
import { namesSecretClause } from "./secret-words.ts";

/**
 * Puts `'[REDACTED]'` in the place of the passwords, password hashes and keys of a definition, and
 * changes no other literal: what it gives differs from the definition in nothing that is schema.
 *
 * For texts that people read use {@link redactSecrets}, which looks in more places and rather
 * takes away too much.
 *
 * @param definition A well-formed `DEFINE` statement.
 * @example
 * ```ts
 * redactDefinition("DEFINE ACCESS a ON DATABASE TYPE JWT ALGORITHM HS512 KEY 'k' COMMENT 'token = \"x\"'");
 * // DEFINE ACCESS a ON DATABASE TYPE JWT ALGORITHM HS512 KEY '[REDACTED]' COMMENT 'token = "x"'
 * ```
 */
export function redactDefinition(definition: string): string {
  return redactTokens(definition, namesSecretClause);
}
