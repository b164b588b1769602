import { objectKind } from "./object-kind.ts";
import { readObject } from "./object-name.ts";
import { openReader } from "./open-reader.ts";
import { readDefinitionClauses } from "./read-definition-clauses.ts";
import { eatWords, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";
import type { ObjectKind } from "./reading.ts";

const stored: Scope = { conditional: false, contained: true, stored: true, depth: 0 };

/**
 * Splits the text of a definition, as `INFO` prints it or as somebody wrote it, into its clauses.
 *
 * Words that the engine takes for the same have one name (`COLUMNS` is `FIELDS`). A function has
 * `ARGUMENTS`, `RETURNS` and `BODY`, an API one `FOR …` for each list of methods, a record access
 * `WITH JWT`. The text of a CONFIG, which 3.0 prints without `DEFINE CONFIG`, is understood too.
 *
 * @param definition One `DEFINE` statement.
 * @returns The text of each clause by its word in upper case, "" for words that take nothing. What
 *   could not be read stands under "", so that two definitions with equal clauses say the same.
 * @example
 * ```ts
 * clausesOf("DEFINE FIELD bio ON user TYPE none | string PERMISSIONS FULL");
 * // { TYPE: "none | string", PERMISSIONS: "FULL" }
 * ```
 */
export function clausesOf(definition: string): Readonly<Record<string, string>> {
  const reader = openReader(definition);
  const kind = readHead(reader);
  const clauses = kind === undefined ? {} : readDefinitionClauses(reader, stored, kind);
  if (reader.touches.length > 0) return { "": definition };
  if (reader.at === reader.end) return clauses;
  return { ...clauses, "": definition.slice(reader.tokens[reader.at]?.start) };
}

function readHead(reader: Reader): ObjectKind | undefined {
  const isDefinition = eatWords(reader, "DEFINE");
  const kind = isDefinition ? objectKind(peekWord(reader)) : "config";
  if (kind === undefined) return undefined;
  if (isDefinition) reader.at++;
  if (!eatWords(reader, "IF", "NOT", "EXISTS")) eatWords(reader, "OVERWRITE");
  return readObject(reader, kind) === undefined ? undefined : kind;
}
