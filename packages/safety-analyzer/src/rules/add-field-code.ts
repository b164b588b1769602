import { definitionsIn } from "../code-set-off.ts";
import type { RecordsQuestion } from "../counting/data-question.ts";
import { defineRule, type Finding, type SafetyRule, type TouchContext } from "../define-rule.ts";
import { fieldRedefinition, type Redefinition } from "../redefinition.ts";
import { refusal } from "../refusal.ts";
import { hasEffects, storedEffects } from "../stored-code.ts";

/**
 * A new field with `VALUE` or `COMPUTED`: where its code fails for a record, every later write of that record fails,
 * and what is computed is computed by every read (measured on SurrealDB 3.0.2).
 */
export const addFieldCode: SafetyRule = defineRule({
  name: "add-field-code",
  codes: ["writes_blocked", "side_effects"],
  judgeTouch(context) {
    const found = fieldRedefinition(context);
    if (found?.change !== "added") return [];
    const { table, object, after } = found;
    const clause = after["COMPUTED"] === undefined ? "VALUE" : "COMPUTED";
    if (after[clause] === undefined) return [];
    const field = object.name;
    const what = clause === "VALUE" ? "write" : "read and write";
    const records: RecordsQuestion = { count: "records", table };
    const failing = refusal({
      code: "writes_blocked",
      table,
      field,
      atMost: records,
      onlyIf: records,
      evenIfBefore: true,
      onlyIfRefused: true,
      which: `for which ${field} cannot be computed`,
      description: `${table}.${field} is new, with ${clause} ${after[clause]}: every later ${what} of a record for which that fails, or gives what the field refuses, fails.`,
    });
    return clause === "COMPUTED" && writes(found, context)
      ? [failing, effects(table, field)]
      : [failing];
  },
});

function writes({ object, after }: Redefinition, context: TouchContext): boolean {
  const definitionOf = definitionsIn(context);
  const found = storedEffects(object, (one) => (one === object ? after : definitionOf(one)));
  return hasEffects({ ...found, missing: [] });
}

function effects(table: string, field: string): Finding {
  return {
    safety: "data_loss",
    code: "side_effects",
    object: { kind: "field", table, name: field },
    tell: () => ({
      description: `From then on, every read of ${table} runs the code of ${field}, which does more than to read.`,
    }),
  };
}
