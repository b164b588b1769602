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

/** Where links may be, and into which table. */
type Links = Pick<LinksQuestion, "fields" | "target">;

/** What holds of a record with a link into a table; `undefined` when a path cannot stand in a query. */
export function linksTo({ fields, target }: Links): Condition | undefined {
  const table = quoteString(target);
  if (fields === undefined) return { sql: anyValue(table), readsRecord: true };
  if (!fields.every(isPath)) return undefined;
  return {
    sql: fields.map((field) => holdsLink(quotePath(field), table)).join(" OR "),
    readsRecord: fields.some((field) => field.includes("*")),
  };
}

/**
 * The links of a record into a table, in one array; `undefined` as in {@link linksTo}.
 *
 * Without fields it rests on `$prefix`, what the text of every link into the table begins with. Most records have
 * all of their links in plain sight; only one whose text has more than those is taken apart.
 */
export function linksOf({ fields, target }: Links): string | undefined {
  const table = quoteString(target);
  if (fields === undefined) {
    const shallow = plainLinks(table);
    // A space follows the key of an object, and never the colon in a record id.
    const named = `${occurrences("$prefix")} - ${occurrences("$prefix + ' '")}`;
    return `(IF ${named} > array::len(${shallow}) { ${linksInside(table)} } ELSE { ${shallow} })`;
  }
  if (!fields.every(isPath)) return undefined;
  const values = fields.map((field) =>
    field.includes("*") ? flattened(quotePath(field)) : `[${quotePath(field)}]`,
  );
  return `array::flatten([${values.join(", ")}])${onlyLinks(table)}`;
}

function occurrences(part: string): string {
  return `array::len(string::split(<string> ${own}, ${part}))`;
}

function onlyLinks(table: string): string {
  return `[WHERE type::is_record($this, ${table})]`;
}

function holdsLink(path: string, table: string): string {
  if (!path.includes("*")) return `type::is_record(${path}, ${table})`;
  return `array::len(${flattened(path)}${onlyLinks(table)}) > 0`;
}

/** What is inside of a value, one level deep. */
const opened =
  "IF type::is_object($value) { object::values($value) } ELSE IF type::is_set($value) { <array> $value } ELSE { $value }";

const own = "object::remove($this, ['id', 'in', 'out'])";

/**
 * Values and lists of them are looked at first, which is quick. Only a record whose text names the table is
 * taken apart, which takes twenty times as long (measured on 3.0.2).
 */
function anyValue(table: string): string {
  const shallow = `array::len(${plainLinks(table)}) > 0`;
  const deep = `array::len(${linksInside(table)}) > 0`;
  return `(${shallow} OR (string::contains(<string> $this, ${table}) AND ${deep}))`;
}

function plainLinks(table: string): string {
  return `array::flatten(object::values(${own}))${onlyLinks(table)}`;
}

function linksInside(table: string): string {
  let values = `object::values(${own})`;
  for (let level = 1; level < depth; level++) {
    values = `array::flatten(${values}.map(|$value| ${opened}))`;
  }
  return `array::flatten(${values})${onlyLinks(table)}`;
}
