import { redacted } from "./redact-fragments.ts";

const excerpt = /^( *\d+ \| (?:\.\.\.)?)[^'"\n]*["'](?=$|[\s;,)\]}])/gm;

/**
 * Redacts the end of a string with which a line starts that the engine quotes under a parse error
 * (`1 | ...ger' ROLE x`): the keyword that would tell what it is was cut away, or stands in a line before.
 */
export function redactExcerpts(text: string): string {
  return text.includes("--> [") ? text.replace(excerpt, `$1${redacted}`) : text;
}
