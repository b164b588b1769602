import { redacted } from "./redact-fragments.ts";
import type { Token } from "./token.ts";
import { tokenize } from "./tokenize.ts";

/**
 * Redacts every string literal of a well-formed text that its two predecessors make secret: the last
 * token that means something, and the one before that.
 */
export function redactTokens(
  text: string,
  isSecretAfter: (word: string, before: string) => boolean,
): string {
  let last = "";
  let beforeLast = "";
  const pieces = tokenize(text).map((token) => {
    if (token.kind === "whitespace" || token.kind === "comment") return token.text;
    const isSecret = isLiteral(token) && isSecretAfter(last, beforeLast);
    beforeLast = last;
    last = token.text;
    return isSecret ? redacted : token.text;
  });
  return pieces.join("");
}

function isLiteral({ kind, text }: Token): boolean {
  return kind === "string" || (kind === "invalid" && /^[sdurbf]?["']/.test(text));
}
