import { quoteIdentifier, readStatement, tokenize } from "@surql/surrealql";
import { backupField } from "./backup-statement.ts";
import { isPath, quotePath } from "./field-path.ts";

/**
 * A query that lists the values of a field which an assertion does not hold for. Where the assertion looks at
 * more than the value, or does more than to look, a statement that keeps a copy of the values.
 */
export function valuesAgainst(table: string, field: string, assertion: string): string {
  const tokens = tokenize(assertion);
  const variables = tokens.filter(({ text }) => text.startsWith("$"));
  const isPlain =
    isPath(field) &&
    !field.includes("*") &&
    variables.every(({ text }) => text === "$value") &&
    readStatement(assertion).touches.every(({ effect }) => effect === "read");
  if (!isPlain) return backupField(table, field);
  const path = quotePath(field);
  const condition = tokens.map(({ text }) => (text === "$value" ? path : text)).join("");
  return `SELECT id, ${path} FROM ${quoteIdentifier(table)} WHERE !(${condition});`;
}
