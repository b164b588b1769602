import type { ValuesQuestion } from "../data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { accepts, alternatives } from "../field-type.ts";
import { fieldRedefinition, type Redefinition } from "../redefinition.ts";
import { heldValues } from "../held-values.ts";

/** Another `TYPE`: stored values are not converted, and the next write of a record that does not fit fails. */
export const redefineFieldType: SafetyRule = defineRule({
  name: "redefine-field-type",
  codes: ["field_type_changed"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found === undefined || found.change === "added" || !isNarrower(found)) return [];
    const { table, object } = found;
    const path = `${table}.${object.name}`;
    const values: ValuesQuestion = {
      count: "values",
      table,
      field: object.name,
    };
    const change =
      found.change === "unclear"
        ? `Redefines ${path}; its present type is not known.`
        : `Changes the type of ${path} from ${typeOf(found.before)} to ${typeOf(found.after)}.`;
    return [
      {
        safety: "data_loss",
        code: "field_type_changed",
        object: { kind: "field", table, name: object.name },
        asks: [values],
        tell: (answers) => ({
          description: `${change} Stored values are not converted: the next write of a record whose value does not fit fails.`,
          ...heldValues(values, answers),
        }),
      },
    ];
  },
});

function isNarrower({ change, before, after }: Redefinition): boolean {
  if (after["COMPUTED"] !== undefined) return false;
  if (change === "unclear") return true;
  const lostFlexible = before?.["FLEXIBLE"] !== undefined && after["FLEXIBLE"] === undefined;
  return lostFlexible || !accepts(alternatives(after["TYPE"]), alternatives(before?.["TYPE"]));
}

function typeOf(clauses: Redefinition["before"]): string {
  return clauses?.["TYPE"] ?? "any";
}
