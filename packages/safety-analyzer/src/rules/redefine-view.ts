import { defineRule, type SafetyRule } from "../define-rule.ts";
import { holdsRecords, redefinition } from "../redefinition.ts";

/** A table becomes a view, or a view a table: what the engine does to its records depends on the version. */
export const redefineView: SafetyRule = defineRule({
  name: "redefine-view",
  codes: ["unknown"],
  judgeTouch(context) {
    const found = redefinition(context);
    if (found?.object.kind !== "table" || found.change === "added") return [];
    const { change, before, after, object } = found;
    const table = object.name;
    const isView = after["AS"] !== undefined;
    if (change === "changed" && isView === (before?.["AS"] !== undefined)) return [];
    if (!holdsRecords(context, table)) return [];
    return [
      {
        safety: "unsafe",
        code: "unknown",
        object: { kind: "table", name: table },
        tell: () => ({
          description:
            change === "unclear"
              ? `Redefines the table ${table}; what it is at present is not known.`
              : `Makes the ${isView ? `table ${table} a view` : `view ${table} a table`}. What becomes of its records is not known.`,
        }),
      },
    ];
  },
});
