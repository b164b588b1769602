import { redacted } from "./redact-fragments.ts";

const unquoted =
  /\b(ON\s{1,9}(?:ROOT|NAMESPACE|NS|DATABASE|DB)\s{1,9}(?:PASSWORD|PASSHASH)\s{1,9})(?![-/#])[^\s'";]+/gi;

/** Redacts the password of a `DEFINE USER` whose author forgot the quotes: the engine refuses it, and errors show it. */
export function redactUnquoted(text: string): string {
  return text.replace(unquoted, `$1${redacted}`);
}
