import { quoteIdentifier, quoteString } from "@surql/surrealql";
import { countLinks, type LinkShape } from "./link-shape.ts";
import type { Rename } from "./rename.ts";

/** Something that a value may be, and what becomes of it then. */
type Case = readonly [condition: string, value: string];

/** The expression for a value in which links lead to the new names of tables, and everything else is as it was. Pure. */
export function relink(value: string, shape: LinkShape, renames: readonly Rename[]): string {
  return choose(value, casesOf(value, shape, renames, 0));
}

/** The condition under which a value may hold such links. Pure. */
export function mayLink(value: string, shape: LinkShape, renames: readonly Rename[]): string {
  return casesOf(value, shape, renames, 0)
    .map(([condition]) => condition)
    .join(" OR ");
}

/** The same for a value that is a link. */
export function relinkOne(value: string, renames: readonly Rename[]): string {
  return choose(value, linkCases(value, renames));
}

/** The condition under which a link leads to one of the old names. */
export function leadsToOld(value: string, renames: readonly Rename[]): string {
  return linkCases(value, renames)
    .map(([condition]) => condition)
    .join(" OR ");
}

function choose(value: string, cases: readonly Case[]): string {
  if (cases.length === 0) return value;
  const all = cases.map(([condition, then]) => `IF ${condition} { ${then} }`);
  return `${all.join(" ELSE ")} ELSE { ${value} }`;
}

function linkCases(value: string, renames: readonly Rename[]): readonly Case[] {
  return renames.map(({ from, to }) => [
    `type::is_record(${value}, ${quoteString(from)})`,
    `type::record(${quoteString(to)}, record::id(${value}))`,
  ]);
}

function casesOf(
  value: string,
  { isLink, holders, element, fields }: LinkShape,
  renames: readonly Rename[],
  depth: number,
): readonly Case[] {
  const inner = (one: string, shape: LinkShape): string =>
    choose(one, casesOf(one, shape, renames, depth + 1));
  const cases: Case[] = isLink ? [...linkCases(value, renames)] : [];
  const isHeld = element !== undefined && countLinks(element) > 0;
  const one = depth === 0 ? "$one" : `$one${depth + 1}`;
  for (const list of ["array", "set"] as const) {
    if (!isHeld || !holders.has(list)) continue;
    // A set has no method for it (3.0.2).
    const mapped = `${list}::map(${value}, |${one}| ${inner(one, element)})`;
    cases.push([`type::is_${list}(${value})`, mapped]);
  }
  const named = [...fields].filter(([, shape]) => countLinks(shape) > 0);
  const isMapped = isHeld && holders.has("object");
  if (isMapped || named.length > 0) {
    const whole = isMapped
      ? `object::from_entries(object::entries(${value}).map(|${one}| [${one}[0], ${inner(`${one}[1]`, element)}]))`
      : value;
    const parts = named.map(
      ([name, shape]) =>
        `${quoteString(name)}: ${inner(`${value}.${quoteIdentifier(name)}`, shape)}`,
    );
    const changed =
      parts.length === 0 ? whole : `object::extend(${whole}, { ${parts.join(", ")} })`;
    cases.push([`type::is_object(${value})`, changed]);
  }
  return cases;
}
