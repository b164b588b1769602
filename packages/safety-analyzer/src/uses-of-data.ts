import {
  significantTokens,
  unquoteIdentifier,
  type ObjectReference,
  type Token,
} from "@surql/surrealql";
import { firstPart } from "./field-path.ts";
import { indexColumns } from "./index-columns.ts";
import type { Clauses, LiveDefinition } from "./live-schema.ts";

/** Whether a definition names a table; not what is defined on the table itself, which goes with it. */
export function usesTable({ object, clauses }: LiveDefinition, table: string): boolean {
  if (object.table === table || (object.kind === "table" && object.name === table)) return false;
  // The ends of an edge are named by its table already.
  if (object.kind === "field" && (object.name === "in" || object.name === "out")) return false;
  return names(codeOf(clauses), table);
}

/** Whether a definition names a field: those of its table by its name, others by that of the table as well. */
export function usesField(
  { object: user, clauses }: LiveDefinition,
  { table, name }: ObjectReference,
): boolean {
  if (table === undefined) return false;
  const code = codeOf(clauses);
  const field = unquoteIdentifier(firstPart(name));
  if (user.table !== undefined && user.table !== table) return false;
  if (user.kind === "field") return !isWithin(user.name, name) && names(code, field);
  if (user.kind === "index") {
    return indexColumns(clauses).some((column) => isWithin(column, name) || isWithin(name, column));
  }
  const isOwn = user.table === table || (user.kind === "table" && user.name === table);
  return names(code, field) && (isOwn || names(code, table));
}

/** Whether a path is another one, or leads into it. */
function isWithin(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`);
}

/** The clauses, without what the object itself is called. */
function codeOf(clauses: Clauses): readonly Token[] {
  const code = Object.entries(clauses).filter(([clause]) => clause !== "COMMENT");
  return significantTokens(code.map(([, text]) => text).join(" ; "));
}

/** Whether code names something: not as a key of an object, a variable or a part of a function's name. */
function names(code: readonly Token[], name: string): boolean {
  return code.some((token, at) => {
    if (token.kind !== "word" && token.kind !== "name") return false;
    if (unquoteIdentifier(token.text) !== name) return false;
    const [before, after] = [code[at - 1], code[at + 1]];
    // The engine prints a space behind the key of an object, and none in the id of a record.
    const isKey = after?.text === ":" && code[at + 2]?.start !== after.end;
    return !isKey && before?.text !== "::" && after?.text !== "::";
  });
}
