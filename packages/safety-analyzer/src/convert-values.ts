import { quoteIdentifier } from "@surql/surrealql";
import { fitsType } from "./counting/fits-type.ts";
import { backupField } from "./backup-statement.ts";
import { isPath, quotePath } from "./field-path.ts";
import { alternatives } from "./field-type.ts";

/** Types that a cast makes from other values. */
const castable: ReadonlySet<string> = new Set(
  "bool datetime decimal duration float int number string uuid".split(" "),
);

/**
 * A statement that makes the values of a field fit a type, to be run when the field has the type. Where nothing
 * can be converted, one that keeps a copy.
 */
export function convertValues(table: string, field: string, type = "any"): string {
  const types = alternatives(type);
  const [target, ...others] = [...types].filter((one) => one !== "none" && one !== "null");
  const isCast = target !== undefined && others.length === 0 && castable.has(target);
  if (!isCast || !isPath(field) || field.includes("*")) return backupField(table, field);
  const path = quotePath(field);
  const fits = fitsType(path, types) ?? "false";
  return `UPDATE ${quoteIdentifier(table)} SET ${path} = <${target}> ${path} WHERE !(${fits}); -- afterwards`;
}
