import { differences } from "../differences.ts";
import { memberPath } from "../object-path.ts";
import type { Definitions } from "../snapshot.ts";
import { addedByField, addedByTable } from "./added-by-itself.ts";
import type { DifferenceStatement } from "./difference-script.ts";
import { overwriting, removing } from "./statement-text.ts";
import type { TableTarget } from "./table-target.ts";

const none: Definitions = Object.freeze({});

/**
 * Says what has to be done about the fields of a table: outer ones before inner ones, and what goes at the end. The engine adds fields with others
 * (`tags.*`, `in`, `out`) and changes them along, so wherever it may have, they are brought to what they shall be.
 *
 * @param isDefined Whether the table itself is defined, anew or for the first time.
 */
export function fieldSteps(
  { name: table, before, after }: TableTarget,
  isDefined: boolean,
): readonly DifferenceStatement[] {
  const old = before?.fields ?? none;
  const defined = new Set<string>();
  const removed = new Map<string, string>();
  for (const [name, was, now] of differences(old, after.fields)) {
    if (now !== undefined) defined.add(name);
    else if (was !== undefined) removed.set(name, removing(was) ?? "");
  }

  const ownBefore = isDefined && before !== undefined ? before.definition : "";
  const ownAfter = isDefined ? after.definition : "";
  /** What the engine adds by itself as it runs the definitions, and what it had added before. */
  const added = addedAlong(table, ownAfter, defined, after.fields);
  const formerly = addedAlong(table, ownBefore, defined, old);
  for (const [name, text] of added) {
    const now = Object.hasOwn(after.fields, name) ? after.fields[name] : undefined;
    const isUntouched = !Object.hasOwn(old, name) || old[name] === formerly.get(name);
    if (now === undefined) removed.set(name, removing(text)!.replace("FIELD", "FIELD IF EXISTS"));
    else if (now === text && isUntouched) defined.delete(name);
    else defined.add(name);
  }
  const step = (effect: DifferenceStatement["effect"], name: string, text: string) =>
    ({ effect, kind: "field", path: memberPath(table, "field", name), text }) as const;
  return [
    ...[...defined].toSorted().map((name) => {
      const text = after.fields[name]!;
      const isThere = Object.hasOwn(old, name) || added.has(name);
      return step("define", name, isThere ? (overwriting(text) ?? text) : text);
    }),
    ...[...removed].map(([name, text]) => step("remove", name, text)),
  ];
}

function addedAlong(
  table: string,
  definition: string,
  fields: ReadonlySet<string>,
  texts: Definitions,
): ReadonlyMap<string, string> {
  const added = Object.entries(addedByTable(table, definition));
  for (const name of fields) {
    added.push(...Object.entries(addedByField(table, name, ownText(texts, name))));
  }
  return new Map(added);
}

function ownText(texts: Definitions, name: string): string {
  return Object.hasOwn(texts, name) ? texts[name]! : "";
}
