import { reservedWords } from "./reserved-words.ts";

const plain = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Writes a name so that the engine reads back exactly this name, wherever a name may stand.
 *
 * Plain names that are no word of the language stay as they are; all others get backticks, with
 * `\` and `` ` `` escaped. Both 2.x and 3.x read that; 2.x does not know other escapes.
 *
 * Quoting does not lift the ban on names that brick their table: see {@link isBrickingName}.
 *
 * @example
 * ```ts
 * `REMOVE TABLE ${quoteIdentifier("my-table")}`; // REMOVE TABLE `my-table`
 * ```
 */
export function quoteIdentifier(name: string): string {
  if (plain.test(name) && !reservedWords.has(name.toUpperCase())) return name;
  return `\`${name.replace(/[\\`]/g, String.raw`\$&`)}\``;
}

/**
 * Writes a text as a SurrealQL string, in single quotes.
 *
 * @example
 * ```ts
 * `COMMENT ${quoteString("it's here")}`; // COMMENT 'it\'s here'
 * ```
 */
export function quoteString(text: string): string {
  return `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
}
