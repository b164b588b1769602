import { defineRule, type SafetyRule } from "../define-rule.ts";

/** A migration that cannot be undone: nothing to run, or declared so. */
export const irreversible: SafetyRule = defineRule({
  name: "irreversible",
  codes: ["irreversible"],
  judgeStep({ step, direction }) {
    const isEmpty = step.statements.length === 0;
    if (direction === "up" || (!isEmpty && step.irreversible === undefined)) return [];
    const reason =
      step.irreversible === undefined
        ? "has no down script"
        : `is declared irreversible: ${step.irreversible}`;
    return [
      {
        safety: "unsafe",
        code: "irreversible",
        object: { kind: "migration", name: step.migration },
        tell: () => ({
          description: `Migration ${step.migration} ${reason}. ${isEmpty ? "Rolling it back changes nothing but its history row." : "Its down script may not undo it."}`,
        }),
      },
    ];
  },
});
