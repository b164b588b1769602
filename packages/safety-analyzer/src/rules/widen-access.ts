import { defineRule, type SafetyRule } from "../define-rule.ts";
import { readPermissions, widenedActions } from "../permissions.ts";
import { redefinition } from "../redefinition.ts";
import { pathOf } from "../wording.ts";

/** What the engine takes for a missing `PERMISSIONS` clause. */
const missing: Readonly<Record<string, "NONE" | "FULL">> = {
  table: "NONE",
  field: "FULL",
  function: "FULL",
  param: "FULL",
};

/** `PERMISSIONS` that let record users do what they could not do before. */
export const widenAccess: SafetyRule = defineRule({
  name: "widen-access",
  codes: ["access_widened"],
  judgeTouch(context) {
    const found = redefinition(context);
    const absent = missing[found?.object.kind ?? ""];
    if (found === undefined || absent === undefined || found.change === "added") return [];
    const { object, change, before, after } = found;
    const now = readPermissions(change === "unclear" ? "NONE" : before?.["PERMISSIONS"], absent);
    const actions = widenedActions(now, readPermissions(after["PERMISSIONS"], absent));
    if (actions.length === 0) return [];
    const isRecord = object.kind === "table" || object.kind === "field";
    const what = isRecord
      ? `${actions.join(", ")} on ${pathOf(object)}`
      : `the use of ${pathOf(object)}`;
    return [
      {
        safety: "data_loss",
        code: "access_widened",
        object: { kind: object.kind, table: object.table, name: object.name },
        tell: () => ({
          description:
            change === "unclear"
              ? `Redefines the permissions of ${pathOf(object)}, which allow ${what}; the present ones are not known.`
              : `Allows record users ${what}, which they could not do before, or under another condition.`,
        }),
      },
    ];
  },
});
