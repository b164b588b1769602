import { defineRule, type SafetyRule } from "../define-rule.ts";
import { writtenRecords } from "../written-records.ts";

const rewriting: ReadonlySet<string> = new Set(["update", "upsert"]);

/** `UPDATE`, `UPSERT`, a `RELATE` that names its edge and `INSERT … ON DUPLICATE KEY UPDATE`: old values are overwritten. */
export const changeRecords: SafetyRule = defineRule({
  name: "change-records",
  codes: ["records_changed"],
  judgeTouch(context) {
    const { touch } = context;
    if (touch.effect !== "write") return [];
    if (!rewriting.has(touch.verb) && touch.updatesExisting !== true) return [];
    return writtenRecords(context, touch, {
      safety: "data_loss",
      code: "records_changed",
      how: "changed",
      describe: (tables) =>
        `Rewrites records of ${tables}. No statement brings back the values that they have now.`,
    });
  },
});
