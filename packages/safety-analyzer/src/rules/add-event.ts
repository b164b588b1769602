import { definitionsIn } from "../code-set-off.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { holdsRecords, redefinition } from "../redefinition.ts";
import { isSameText } from "../spelled-tokens.ts";
import { hasEffects, storedEffects } from "../stored-code.ts";

/** An event whose code writes, calls or throws: every later write runs it, and fails where it fails. */
export const addEvent: SafetyRule = defineRule({
  name: "add-event",
  codes: ["side_effects"],
  judgeTouch(context) {
    const found = redefinition(context);
    const table = found?.object.table;
    if (found?.object.kind !== "event" || table === undefined) return [];
    const { object, before, after } = found;
    const isSame =
      isSameText(before?.["THEN"], after["THEN"]) &&
      isSameText(before?.["WHEN"] ?? "true", after["WHEN"] ?? "true");
    if (isSame || !holdsRecords(context, table)) return [];
    const definitionOf = definitionsIn(context);
    const effects = storedEffects(object, (one) => (one === object ? after : definitionOf(one)));
    if (!hasEffects(effects) && !effects.throws) return [];
    return [
      {
        safety: "data_loss",
        code: "side_effects",
        object: { kind: "event", table, name: object.name },
        tell: () => ({
          description: `From then on, writes to ${table} set off the event ${object.name}, which does more than to read: where it fails, the write fails.`,
        }),
      },
    ];
  },
});
