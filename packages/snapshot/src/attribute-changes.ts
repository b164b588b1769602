import { clausesOf } from "@surql/surrealql";
import type { AttributeChange } from "./difference.ts";
import { differences } from "./differences.ts";
import type { Differing } from "./differences.ts";
import { displayType } from "./display-type.ts";

/**
 * What differs between two canonical definitions of one object, sorted by attribute. Never empty for texts
 * that differ: where their clauses do not tell, `definition` does.
 */
export function attributeChanges(before: string, after: string): readonly AttributeChange[] {
  if (before === after) return [];
  const changes = differences(clausesOf(before), clausesOf(after))
    .filter(([word]) => word !== "SCHEMALESS")
    .map(attributeChange);
  if (changes.length === 0) return [{ attribute: "definition", before, after }];
  return changes.sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
}

function attributeChange([word, before, after]: Differing<string>): AttributeChange {
  const attribute = names[word] ?? word.toLowerCase();
  const show = shows[word] ?? (before === "" || after === "" ? showFlag : same);
  const [old, now] = [show(before), show(after)];
  // Types that differ in nothing but the place of `none` look alike.
  return old === now ? { attribute, before, after } : { attribute, before: old, after: now };
}

const names: Readonly<Record<string, string>> = { SCHEMAFULL: "schema", "": "rest" };

type Show = (clause: string | undefined) => string | undefined;

const showType: Show = (type) => (type === undefined ? undefined : displayType(type));
/** A word is there or not; some, like `COUNT`, may be followed by more. */
const showFlag: Show = (clause) => (clause === "" ? "true" : (clause ?? "false"));
const same: Show = (clause) => clause;

const shows: Readonly<Record<string, Show>> = {
  /** A table has either this or `SCHEMALESS`. */
  SCHEMAFULL: (clause) => (clause === undefined ? "schemaless" : "schemafull"),
  TYPE: showType,
  RETURNS: showType,
  ARGUMENTS: (list) => showType(`(${list ?? ""})`),
};
