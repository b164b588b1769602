import { quoteIdentifier } from "@surql/surrealql";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { holdsRecords, redefinition } from "../redefinition.ts";

/** A table loses its `CHANGEFEED`: the changes that it kept are gone. */
export const dropChangefeed: SafetyRule = defineRule({
  name: "drop-changefeed",
  codes: ["state_lost"],
  judgeTouch(context) {
    const found = redefinition(context);
    if (found?.object.kind !== "table" || !holdsRecords(context, found.object.name)) return [];
    const { before, after, object } = found;
    if (before?.["CHANGEFEED"] === undefined || after["CHANGEFEED"] !== undefined) return [];
    return [
      {
        safety: "data_loss",
        code: "state_lost",
        object: { kind: "table", name: object.name },
        tell: () => ({
          description: `Takes the changefeed from ${object.name}: the changes that it kept are gone.`,
          affectedData: `the changes of ${object.name}, kept for ${before["CHANGEFEED"]}`,
          recommendation: `SHOW CHANGES FOR TABLE ${quoteIdentifier(object.name)} SINCE 0;`,
        }),
      },
    ];
  },
});
