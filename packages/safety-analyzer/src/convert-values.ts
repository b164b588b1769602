import { quoteIdentifier } from "@surql/surrealql";
import { fitsType } from "./counting/fits-type.ts";
import { backupField } from "./backup-statement.ts";
import { isPath, quotePath } from "./field-path.ts";
import { alternatives } from "./field-type.ts";

/**
 * What helps values to fit a type, to be run when the field has it: to strings everything can be converted. Of
 * another type, a query lists those that do not fit, for a cast of all of them fails where one of them cannot be cast.
 */
export function convertValues(table: string, field: string, type = "any"): string {
  const types = alternatives(type);
  const fits =
    isPath(field) && !field.includes("*") ? fitsType(quotePath(field), types) : undefined;
  if (fits === undefined) return backupField(table, field);
  const name = quoteIdentifier(table);
  const path = quotePath(field);
  const [target, ...others] = [...types].filter((one) => one !== "none" && one !== "null");
  const cast = `UPDATE ${name} SET ${path} = <${target}> ${path} WHERE !(${fits});`;
  if (target === "string" && others.length === 0) return `${cast} -- afterwards`;
  const list = `SELECT id, ${path} FROM ${name} WHERE !(${fits});`;
  const isCast = target !== undefined && others.length === 0 && castable.has(target);
  return isCast ? `${list} -- afterwards, where all can be cast: ${cast}` : list;
}

/** Types to which other values can be cast. */
const castable: ReadonlySet<string> = new Set(
  "bool datetime decimal duration float int number uuid".split(" "),
);
