import type { ValuesQuestion } from "../counting/data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { accepts, alternatives } from "../field-type.ts";
import { heldValues } from "../held-values.ts";
import { fieldRedefinition, type Redefinition } from "../redefinition.ts";

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
    const { table, object } = found;
    const values: ValuesQuestion = { count: "values", table, field: object.name };
    return [
      {
        safety: "data_loss",
        code: "field_type_changed",
        object: { kind: "field", table, name: object.name },
        asks: [values],
        tell(answers) {
          // A new field is an issue only where something is known to be stored under its name.
          if (found.change === "added" && !answers.count(values)) return undefined;
          return {
            description: `${sentence(found, `${table}.${object.name}`)} Stored values are not converted: the next write of a record whose value does not fit fails.`,
            ...heldValues(values, answers),
          };
        },
      },
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
