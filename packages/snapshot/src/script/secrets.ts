import { holdsNoSecret } from "../canonical-definition.ts";

const redacted = "[REDACTED]";

/** Whether a definition lacks a secret, which no snapshot holds. */
export function lacksSecret(key: string, definition: string): boolean {
  return definition.includes(redacted) && !holdsNoSecret(key);
}

/** One for a whole definition: a symmetric key is named twice, and has to be the same. */
export function withSecret(definition: string, secret: string): string {
  return definition.replaceAll(redacted, () => secret);
}

/** The definition as somebody completes it, who knows the secret. */
export function toComplete(definition: string): string {
  return definition
    .replace(/\bPASSHASH '\[REDACTED\]'/, "PASSWORD '<secret>'")
    .replaceAll(redacted, "<secret>");
}
