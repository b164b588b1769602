import type { MisfitsQuestion, ValuesQuestion } from "../counting/data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { accepts, alternatives } from "../field-type.ts";
import { convertValues } from "../convert-values.ts";
import { fieldRedefinition, type Redefinition } from "../redefinition.ts";
import { refusal } from "../refusal.ts";

/**
 * Another `TYPE`: stored values are not converted, and the next write of a record that does not fit fails.
 * A new field can meet values too, which a SCHEMALESS table held without a definition.
 */
export const redefineFieldType: SafetyRule = defineRule({
  name: "redefine-field-type",
  codes: ["field_type_changed"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found === undefined || !isNarrower(found)) return [];
    const { table, object, after } = found;
    const field = object.name;
    const values: ValuesQuestion = { count: "values", table, field };
    const isNew = found.change === "added";
    const type = `option<${after["TYPE"] ?? "any"}>`;
    const misfits: MisfitsQuestion = { count: "misfits", table, field, type };
    return [
      refusal({
        code: "field_type_changed",
        table,
        field,
        alone: after["ASSERT"] === undefined ? undefined : "TYPE",
        holding: "value",
        atMost: values,
        onlyIf: isNew ? values : undefined,
        unlessNone: isNew ? [misfits] : [],
        which: `whose ${field} does not fit`,
        description: `${sentence(found, `${table}.${field}`)} Stored values are not converted: the next write of a record whose value does not fit fails.`,
        recommendation: convertValues(table, field, after["TYPE"]),
      }),
    ];
  },
});

function isNarrower({ change, before, after }: Redefinition): boolean {
  // A new computed field meets no stored value; an old one whose value does not fit makes its table unreadable.
  if (after["COMPUTED"] !== undefined && change === "added") return false;
  if (change === "unclear") return true;
  const lostFlexible = before?.["FLEXIBLE"] !== undefined && after["FLEXIBLE"] === undefined;
  return lostFlexible || !accepts(alternatives(after["TYPE"]), alternatives(before?.["TYPE"]));
}

function sentence({ change, before, after }: Redefinition, path: string): string {
  if (change === "unclear") return `Redefines ${path}; its present type is not known.`;
  if (change === "added") return `Gives the type ${typeOf(after)} to ${path}, which had none.`;
  return `Changes the type of ${path} from ${typeOf(before)} to ${typeOf(after)}.`;
}

function typeOf(clauses: Redefinition["before"]): string {
  return clauses?.["TYPE"] ?? "any";
}
