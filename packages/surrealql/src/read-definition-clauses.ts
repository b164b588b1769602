import type { ClauseReader } from "./clause-readers.ts";
import { definitionClauses } from "./definition-clauses.ts";
import { skipActions } from "./permissions.ts";
import { eatSymbol, isSymbol, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";
import type { ObjectKind } from "./reading.ts";
import { skipType } from "./type.ts";

/** Words that the engine takes for the same. */
const synonyms: Readonly<Record<string, string>> = {
  COLUMNS: "FIELDS",
  FLEX: "FLEXIBLE",
  FLEXI: "FLEXIBLE",
  SCHEMAFUL: "SCHEMAFULL",
};

/**
 * Reads the clauses of a definition, behind the name of its object, as far as they are known.
 *
 * @returns The text of each, by its word. `DEFINE FUNCTION` has `ARGUMENTS`, `RETURNS` and `BODY` besides;
 *   `ALTER … DROP COMMENT` gives `DROP COMMENT`.
 */
export function readDefinitionClauses(
  reader: Reader,
  scope: Scope,
  kind: ObjectKind,
  altering = false,
): Readonly<Record<string, string>> {
  const clauses: Record<string, string> = {};
  if (kind === "function") readFunctionHead(reader, clauses);
  for (;;) {
    const drops = altering && peekWord(reader) === "DROP";
    const word = clauseWord(reader, drops ? 1 : 0);
    const read: ClauseReader | undefined = definitionClauses[kind][word];
    if (drops && word !== "") {
      clauses[`DROP ${word}`] = "";
      reader.at += 2;
    } else if (read === undefined) {
      return clauses;
    } else {
      reader.at++;
      const name = clauseName(reader, kind, word);
      clauses[name] = textOf(reader, () => read(reader, scope));
    }
  }
}

function clauseWord(reader: Reader, ahead: number): string {
  const word = peekWord(reader, ahead);
  return synonyms[word] ?? word;
}

/** The two clauses that can come several times bear what tells them apart: `FOR GET, POST`, `WITH JWT`. */
function clauseName(reader: Reader, kind: ObjectKind, word: string): string {
  if (kind === "api" && word === "FOR") return `FOR ${skipActions(reader).join(", ")}`;
  if (kind !== "access" || word !== "WITH") return word;
  return `WITH ${skipActions(reader).join(", ")}`;
}

function readFunctionHead(reader: Reader, clauses: Record<string, string>): void {
  if (!isSymbol(reader, "(")) return;
  clauses["ARGUMENTS"] = textOf(reader, () => skipGroup(reader))
    .slice(1, -1)
    .trim();
  if (eatSymbol(reader, "->")) clauses["RETURNS"] = textOf(reader, () => skipType(reader));
  if (isSymbol(reader, "{")) clauses["BODY"] = textOf(reader, () => skipGroup(reader));
}

function skipGroup(reader: Reader): void {
  reader.at = (reader.closing.get(reader.at) ?? reader.end - 1) + 1;
}

/** The text that a function moves past. */
function textOf(reader: Reader, read: () => void): string {
  const from = reader.at;
  read();
  if (reader.at === from) return "";
  return reader.text.slice(reader.tokens[from]?.start, reader.tokens[reader.at - 1]?.end);
}
