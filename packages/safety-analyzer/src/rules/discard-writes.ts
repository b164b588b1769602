import { defineRule, type SafetyRule } from "../define-rule.ts";
import { redefinition } from "../redefinition.ts";

/** `DEFINE TABLE … DROP`: what is written to the table from now on is thrown away. */
export const discardWrites: SafetyRule = defineRule({
  name: "discard-writes",
  codes: ["writes_discarded"],
  judgeTouch(context) {
    const found = redefinition(context);
    if (found?.object.kind !== "table" || found.after["DROP"] === undefined) return [];
    if (found.change === "changed" && found.before?.["DROP"] !== undefined) return [];
    const { name } = found.object;
    return [
      {
        safety: "unsafe",
        code: "writes_discarded",
        object: { kind: "table", name },
        tell: () => ({
          description: `Makes ${name} a DROP table: everything that is written to it later is discarded without an error.`,
          affectedData: `all later writes to ${name}`,
        }),
      },
    ];
  },
});
