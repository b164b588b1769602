import {
  bracketDepths,
  isWord,
  readStatement,
  significantTokens,
  splitOutside,
  unquoteIdentifier,
  type Token,
} from "@surql/surrealql";
import { relatedEdge } from "./related-edge.ts";

/** Which records a `DELETE`, `UPDATE`, `UPSERT` or `RELATE` is for. */
export type WriteTargets =
  /** All records of these tables; where there is a condition, those that it holds for. */
  | {
      readonly kind: "tables";
      readonly tables: readonly string[];
      readonly where: string | undefined;
      /** What stands behind the tables, the condition included. */
      readonly clauses: readonly Token[];
    }
  /** Records and ranges of records that the statement names. */
  | {
      readonly kind: "records";
      readonly tables: readonly string[];
      /** The ids and ranges, as they are written. */
      readonly text: string;
      readonly where: string | undefined;
    };

const verbs: ReadonlySet<string> = new Set(["DELETE", "UPDATE", "UPSERT"]);
const clauseWords: ReadonlySet<string> = new Set(
  "SET UNSET CONTENT MERGE PATCH REPLACE WHERE RETURN TIMEOUT PARALLEL".split(" "),
);

/**
 * Reads which records a write is for.
 *
 * @returns `undefined` where the targets, or the condition that chooses among them, rest on more than what is
 * written there: paths, variables, calls.
 */
export function writeTargets(statement: string): WriteTargets | undefined {
  const [verb, ...rest] = significantTokens(statement);
  if (isWord(verb, "RELATE")) return namedEdge(statement, rest);
  if (verb?.kind !== "word" || !verbs.has(verb.text.toUpperCase())) return undefined;
  let begin = 0;
  if (isWord(rest[begin], "FROM")) begin++;
  if (isWord(rest[begin], "ONLY")) begin++;
  const tokens = rest.slice(begin);
  const end = clauseAt(tokens, 0);
  const targets = tokens.slice(0, end);
  const clauses = tokens.slice(end);
  const { where, isClear } = conditionIn(statement, clauses);
  if (!isClear) return undefined;

  const items = listItems(targets);
  const tables = items.map(tableNamed);
  if (tables.every((table) => table !== undefined))
    return { kind: "tables", tables, where, clauses };
  return namedRecords(statement, targets, where);
}

function namedRecords(
  statement: string,
  targets: readonly Token[],
  where: string | undefined,
): WriteTargets | undefined {
  const tables = listItems(targets).map(tableOfKey);
  const text = textOf(statement, targets);
  if (!tables.every((table) => table !== undefined) || !onlyReads(text)) return undefined;
  return { kind: "records", tables, text, where };
}

/** The edge that a `RELATE` writes over when it is there. */
function namedEdge(statement: string, tokens: readonly Token[]): WriteTargets | undefined {
  const edge = relatedEdge(tokens);
  return edge && namedRecords(statement, edge, undefined);
}

/**
 * The fields that a statement takes out of every record of its tables, by `UPDATE … UNSET` or
 * by `UPDATE … SET … = NONE`.
 */
export function clearedFields(
  statement: string,
): { readonly tables: readonly string[]; readonly paths: readonly string[] } | undefined {
  const found = writeTargets(statement);
  if (found?.kind !== "tables" || found.where !== undefined) return undefined;
  const { tables, clauses } = found;
  if (isWord(clauses[0], "UNSET")) return { tables, paths: textsBehind(clauses) };
  const { items = [] } = assignmentsIn(statement) ?? {};
  return {
    tables,
    paths: items.flatMap(({ path, value }) => (/^NONE$/i.test(value) ? [path] : [])),
  };
}

/** What a statement sets by `UPDATE … SET path = value`, in records of its tables: those alone for which its condition holds. */
export function assignmentsIn(statement: string):
  | {
      readonly tables: readonly string[];
      readonly items: readonly { readonly path: string; readonly value: string }[];
    }
  | undefined {
  const found = writeTargets(statement);
  if (found?.kind !== "tables" || !isWord(found.clauses[0], "SET")) return undefined;
  const items = textsBehind(found.clauses).flatMap((text) => {
    const [, path, value] = /^([^=]*[^-+*/=!?~<>])=([^=].*)$/s.exec(text) ?? [];
    return path === undefined || value === undefined ? [] : [{ path, value }];
  });
  return { tables: found.tables, items };
}

/** The items of the first clause, without spaces. */
function textsBehind([, ...items]: readonly Token[]): readonly string[] {
  return listItems(items.slice(0, clauseAt(items, 0))).map((item) =>
    item.map(({ text }) => text).join(""),
  );
}

/** Where the next clause begins, outside of brackets. */
function clauseAt(tokens: readonly Token[], from: number): number {
  const depths = bracketDepths(tokens);
  const isClause = ({ kind, text }: Token, at: number): boolean =>
    at >= from && depths[at] === 0 && kind === "word" && clauseWords.has(text.toUpperCase());
  const at = tokens.findIndex(isClause);
  return at < 0 ? tokens.length : at;
}

function conditionIn(
  statement: string,
  clauses: readonly Token[],
): { readonly where: string | undefined; readonly isClear: boolean } {
  let at = 0;
  while (at < clauses.length && !isWord(clauses[at], "WHERE")) at = clauseAt(clauses, at + 1);
  if (at >= clauses.length) return { where: undefined, isClear: true };
  const tokens = clauses.slice(at + 1, clauseAt(clauses, at + 1));
  const where = textOf(statement, tokens);
  return { where, isClear: tokens.length > 0 && onlyReads(where) };
}

/** Whether code does nothing but to look at stored records, and rests on no variable. */
function onlyReads(code: string): boolean {
  return (
    !significantTokens(code).some(({ kind, text }) => kind === "param" && text !== "$this") &&
    readStatement(`RETURN [${code}]`).touches.every(
      ({ effect }) => effect === "read" || effect === "control",
    )
  );
}

function textOf(statement: string, tokens: readonly Token[]): string {
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first === undefined || last === undefined ? "" : statement.slice(first.start, last.end);
}

function isName(token: Token | undefined): boolean {
  return token?.kind === "word" || token?.kind === "name";
}

function tableNamed(item: readonly Token[]): string | undefined {
  const [token, ...more] = item;
  return token !== undefined && more.length === 0 && isName(token)
    ? unquoteIdentifier(token.text)
    : undefined;
}

/** `user:1`, `user:⟨a b⟩`, `user:[1, 2]`, `user:1..5`: a table, a colon and a key. */
function tableOfKey(item: readonly Token[]): string | undefined {
  const [token, colon, ...key] = item;
  if (token === undefined || !isName(token) || colon?.text !== ":" || key.length === 0)
    return undefined;
  const isPath = key.some(
    ({ text }) => text === "->" || text === "<-" || text === "." || text === "<->",
  );
  return isPath ? undefined : unquoteIdentifier(token.text);
}

function listItems(tokens: readonly Token[]): readonly (readonly Token[])[] {
  return splitOutside(tokens, ({ text }) => text === ",");
}
