import { defineRule, type SafetyRule } from "../define-rule.ts";
import { deletionTraces } from "../deletion-traces.ts";
import { writtenRecords } from "../written-records.ts";

/** `DELETE`: records are gone, and so are the edges that touch them. */
export const deleteRecords: SafetyRule = defineRule({
  name: "delete-records",
  codes: ["records_deleted"],
  judgeTouch: (context) =>
    context.touch.effect === "write" && context.touch.verb === "delete"
      ? writtenRecords(context, context.touch, {
          safety: "unsafe",
          code: "records_deleted",
          how: "deleted",
          traces: deletionTraces,
          describe: (tables) =>
            `Deletes records of ${tables}, and with them the edges that touch them.`,
        })
      : [],
});
