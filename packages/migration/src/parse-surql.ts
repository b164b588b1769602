import { splitStatements, tokenize } from "@surql/surrealql";
import type { Statement, Token } from "@surql/surrealql";
import { cutSections } from "./cut-sections.ts";
import type { Section } from "./cut-sections.ts";
import { isList, metadataKey, readMetadata } from "./metadata.ts";
import type { Declaration } from "./metadata.ts";
import type { MigrationContent } from "./migration-content.ts";
import type { MigrationProblem } from "./migration-problem.ts";
import { positionAt } from "./position.ts";
import {
  invalidMetadata,
  invalidStatement,
  missingUp,
  strayStatement,
  unknownSection,
} from "./problems.ts";
import { unendedToken } from "./unended-token.ts";

/** Reads a `.surql` migration, LF line ends. `file` is only named in problems. */
export function parseSurql(text: string, file: string): MigrationContent {
  const tokens = tokenize(text);
  const { sections, unknown } = cutSections(tokens);
  const { metadata, faults } = readMetadata(sections.flatMap(declarationsIn));
  const problems = faults.map(({ key, fault, start = 0 }) =>
    invalidMetadata(file, key, fault, positionAt(text, start).line),
  );

  const unended = unendedToken(tokens);
  if (unended !== undefined) {
    // It hides the rest of the file, markers included, so that nothing else can be said of it.
    problems.push(invalidStatement(file, unended.fault, positionAt(text, unended.start)));
  } else {
    problems.push(...sectionProblems(text, file, sections, unknown[0]));
  }
  return {
    metadata,
    up: statementsIn(text, sections, "up"),
    down: statementsIn(text, sections, "down"),
    problems,
  };
}

function sectionProblems(
  text: string,
  file: string,
  sections: readonly Section[],
  unknown: { readonly word: string; readonly start: number } | undefined,
): readonly MigrationProblem[] {
  const kinds = new Set(sections.map(({ kind }) => kind));
  if (!kinds.has("up")) return [missingUp(file)];
  // With a down section it is a comment like any other, as it is to the other ports.
  if (!kinds.has("down") && unknown !== undefined) {
    return [unknownSection(file, unknown.word, positionAt(text, unknown.start).line)];
  }
  const stray = sections
    .filter(({ kind }) => kind === "header" || kind === "metadata")
    .flatMap((section) => section.tokens)
    .find(({ kind }) => kind !== "whitespace" && kind !== "comment");
  return stray === undefined ? [] : [strayStatement(file, positionAt(text, stray.start))];
}

/** `-- key: value` in the metadata section, and `-- @key: value` there and in the header. */
function declarationsIn({ kind, tokens }: Section): readonly Declaration[] {
  if (kind === "up" || kind === "down") return [];
  return tokens.flatMap((token) => {
    const colon = token.text.indexOf(":");
    if (token.kind !== "comment" || !token.text.startsWith("--") || colon === -1) return [];
    const key = token.text.slice(2, colon).trim();
    if (kind === "header" && !key.startsWith("@")) return [];
    const word = key.replace(/^@/, "");
    const value = token.text.slice(colon + 1).trim();
    const read = isList(metadataKey(word)) ? listIn(value) : value;
    return [{ word, value: read, start: token.start }];
  });
}

/** The items of `a, b`, with or without brackets and quotes. */
function listIn(value: string): readonly string[] {
  const items = value.replace(/^\[(.*)\]$/s, "$1").split(",");
  return items
    .map((item) => item.trim().replace(/^(["'])(.*)\1$/, "$2"))
    .filter((item) => item !== "");
}

function statementsIn(
  text: string,
  sections: readonly Section[],
  kind: "up" | "down",
): readonly Statement[] {
  return sections
    .filter((section) => section.kind === kind)
    .flatMap(({ tokens }) => statementsBetween(text, tokens[0], tokens.at(-1)));
}

/** The statements from one token to another, with their places in the whole text. */
function statementsBetween(text: string, first?: Token, last?: Token): readonly Statement[] {
  if (first === undefined || last === undefined) return [];
  const { line: firstLine, column: firstColumn } = positionAt(text, first.start);
  return splitStatements(text.slice(first.start, last.end)).map(
    ({ text: statement, line, column }) => ({
      text: statement,
      line: firstLine + line - 1,
      column: line === 1 ? firstColumn + column - 1 : column,
    }),
  );
}
