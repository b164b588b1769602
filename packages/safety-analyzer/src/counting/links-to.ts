import { quoteString } from "@surql/surrealql";
import { isPath, quotePath } from "../field-path.ts";
import type { LinksQuestion } from "./data-question.ts";
import { flattened } from "./values-under.ts";

/** A condition on a record. */
export interface Condition {
  readonly sql: string;
  /** Whether it looks at the record as a whole, which a grouped query does not offer (measured on 3.0.2). */
  readonly readsRecord: boolean;
}

/** How deep arrays and objects are looked into where nothing says which fields hold links. */
const depth = 4;

/** What holds of a record with a link into a table; `undefined` when a path cannot stand in a query. */
export function linksTo({ fields, target }: LinksQuestion): Condition | undefined {
  const table = quoteString(target);
  if (fields === undefined) return { sql: anyValue(table), readsRecord: true };
  if (!fields.every(isPath)) return undefined;
  return {
    sql: fields.map((field) => holdsLink(quotePath(field), table)).join(" OR "),
    readsRecord: fields.some((field) => field.includes("*")),
  };
}

function holdsLink(path: string, table: string): string {
  if (!path.includes("*")) return `type::is_record(${path}, ${table})`;
  return `array::len(${flattened(path)}[WHERE type::is_record($this, ${table})]) > 0`;
}

/** What is inside of a value, one level deep. */
const opened =
  "IF type::is_object($value) { object::values($value) } ELSE IF type::is_set($value) { <array> $value } ELSE { $value }";

/**
 * Values and lists of them are looked at first, which is quick. Only a record whose text names the table is
 * taken apart, which takes twenty times as long (measured on 3.0.2).
 */
function anyValue(table: string): string {
  const own = "object::remove($this, ['id', 'in', 'out'])";
  const isLink = `type::is_record($this, ${table})`;
  let values = `object::values(${own})`;
  const shallow = `array::len(array::flatten(${values})[WHERE ${isLink}]) > 0`;
  for (let level = 1; level < depth; level++) {
    values = `array::flatten(${values}.map(|$value| ${opened}))`;
  }
  const deep = `array::len(array::flatten(${values})[WHERE ${isLink}]) > 0`;
  return `(${shallow} OR (string::contains(<string> $this, ${table}) AND ${deep}))`;
}
