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
  const changes = differences(attributesOf(before), attributesOf(after)).map(attributeChange);
  if (changes.length === 0) return [{ attribute: "definition", before, after }];
  return changes.sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
}

/** The clauses of a definition by their name in lower case; a clause that is only a word holds "". */
function attributesOf(definition: string): Readonly<Record<string, string>> {
  const clauses = Object.entries(clausesOf(definition));
  return Object.fromEntries(clauses.map(([word, text]) => attributeOf(word, text)));
}

function attributeOf(word: string, text: string): readonly [attribute: string, value: string] {
  if (word === "SCHEMAFULL" || word === "SCHEMALESS") return ["schema", word.toLowerCase()];
  if (word === "ARGUMENTS") return ["arguments", `(${text})`];
  return [word === "" ? "rest" : word.toLowerCase(), text];
}

/** Attributes that hold types, which are shown as people write them. */
const typed = new Set(["type", "arguments", "returns"]);

function attributeChange([attribute, before, after]: Differing<string>): AttributeChange {
  if (before === "" || after === "") {
    return { attribute, before: flagOf(before), after: flagOf(after) };
  }
  const [old, now] = typed.has(attribute) ? [shown(before), shown(after)] : [before, after];
  return old === now ? { attribute, before, after } : { attribute, before: old, after: now };
}

/** A word is there or not; some, like `COUNT`, may be followed by more. */
function flagOf(text: string | undefined): string {
  return text === "" ? "true" : (text ?? "false");
}

function shown(type: string | undefined): string | undefined {
  return type === undefined ? undefined : displayType(type);
}
