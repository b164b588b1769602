import { clausesOf } from "@surql/surrealql";
import { differences } from "../differences.ts";
import { memberPath } from "../object-path.ts";
import type { Definitions } from "../snapshot.ts";
import { addedByField, addedByTable } from "./added-by-itself.ts";
import { fieldsInTheWay } from "./computed-fields.ts";
import type { DifferenceStatement } from "./difference-script.ts";
import { fieldDefinition, isRefused } from "./field-definition.ts";
import { removing } from "./statement-text.ts";
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
  const all = before?.fields ?? none;
  const defined = new Set<string>();
  for (const [name, , now] of differences(all, after.fields)) {
    if (now !== undefined) defined.add(name);
  }
  const cleared = fieldsInTheWay(all, after.fields, defined);
  const old = without(all, cleared);
  const removed = new Map<string, string>();
  for (const [name, was, now] of differences(old, after.fields)) {
    if (now === undefined && was !== undefined) removed.set(name, removing(was) ?? "");
  }

  /** What goes does so at the end: until then it is around the others. */
  const meanwhile = { ...after, fields: { ...old, ...after.fields } };
  const added = new Map<string, string>();
  const add = (name: string, text: string, isUntouched: boolean): void => {
    added.set(name, text);
    const now = Object.hasOwn(after.fields, name) ? after.fields[name] : undefined;
    if (now === undefined) removed.set(name, removing(text)!.replace("FIELD", "FIELD IF EXISTS"));
    else if (now === text && isUntouched) defined.delete(name);
    else defined.add(name);
  };
  if (isDefined) {
    const formerly = addedByTable(table, before?.definition ?? "");
    for (const [name, text] of Object.entries(addedByTable(table, after.definition))) {
      add(name, text, !Object.hasOwn(old, name) || old[name] === formerly[name]);
    }
  }
  for (const outer of [...defined].filter((name) => !isRefused(meanwhile, name))) {
    for (const [name, text] of Object.entries(addedByField(table, outer, after.fields[outer]!))) {
      add(name, text, !Object.hasOwn(old, name) || differInType(old[name]!, text));
    }
  }

  const step = (effect: DifferenceStatement["effect"], name: string, text: string) =>
    ({ effect, kind: "field", path: memberPath(table, "field", name), text }) as const;
  return [
    ...cleared.toReversed().map((name) => step("remove", name, removing(all[name]!) ?? "")),
    ...[...defined].toSorted().flatMap((name) => {
      const mayBeThere = Object.hasOwn(old, name) || added.has(name) || name.endsWith(".*");
      const { define, alter } = fieldDefinition(meanwhile, name, mayBeThere);
      const steps = [step("define", name, define)];
      return alter === undefined ? steps : [...steps, step("alter", name, alter)];
    }),
    ...[...removed].map(([name, text]) => step("remove", name, text)),
  ];
}

function without(definitions: Definitions, names: readonly string[]): Definitions {
  if (names.length === 0) return definitions;
  return Object.fromEntries(Object.entries(definitions).filter(([name]) => !names.includes(name)));
}

/** With a field, the engine changes the type of those that it added to it, and nothing else of them. */
function differInType(one: string, other: string): boolean {
  return differences(clausesOf(one), clausesOf(other)).every(([word]) => word === "TYPE");
}
