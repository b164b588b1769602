import { redactDefinition } from "@surql/surrealql";

/** Kinds whose definitions are code or plain data, in which nothing is a secret by its place. */
const withoutSecrets = new Set([
  "analyzers",
  "apis",
  "functions",
  "models",
  "modules",
  "params",
  "sequences",
]);
const urlCredentials = /(\w:\/\/)[^\s/'"@]+@/g;

/**
 * Makes INFO's text equal for equal objects: without secrets, whose salts differ, and complete.
 *
 * 3.x writes a CONFIG without its `DEFINE CONFIG`.
 */
export function canonicalDefinition(kind: string, text: string): string {
  if (holdsNoSecret(kind)) return text;
  if (kind === "configs" && !text.startsWith("DEFINE ")) return `DEFINE CONFIG ${text}`;
  return redactDefinition(text).replace(urlCredentials, "$1[REDACTED]@");
}

/** Whether the texts of a kind are kept as they are. */
export function holdsNoSecret(kind: string): boolean {
  return withoutSecrets.has(kind);
}
