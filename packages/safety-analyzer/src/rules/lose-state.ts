import type { ObjectKind } from "@surql/surrealql";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { redefinition } from "../redefinition.ts";
import { pathOf } from "../wording.ts";

/** What does not come back by defining the object again. */
const states: Readonly<Partial<Record<ObjectKind, string>>> = {
  access: "its keys are not in any snapshot, and everybody who signed in by it is signed out",
  api: "its routes stop answering, or answer otherwise",
  bucket: "the files in it are out of reach",
  config: "its present settings are not kept",
  model: "the uploaded model is not kept",
  param: "its present value is not kept",
  sequence: "it counts from its start again and gives out numbers a second time",
  user: "the password is not in any snapshot",
};

/** Removes or redefines an object that holds state of its own. */
export const loseState: SafetyRule = defineRule({
  name: "lose-state",
  codes: ["state_lost"],
  judgeTouch(context) {
    const { touch } = context;
    if (!("object" in touch)) return [];
    const { kind, name } = touch.object;
    const state = states[kind];
    if (state === undefined) return [];
    if (touch.effect === "remove") {
      const { origin } = context.before(touch.object);
      if (origin === "plan" || origin === "removed") return [];
      if (origin === "absent" && touch.ifExists) return [];
    } else {
      const change = redefinition(context)?.change;
      if (change === undefined || change === "added") return [];
      if (context.before(touch.object).origin === "plan") return [];
    }
    const verb = touch.effect === "remove" ? "Removes" : "Redefines";
    const path = pathOf(touch.object);
    return [
      {
        safety: "data_loss",
        code: "state_lost",
        object: { kind, name },
        tell: () => ({
          description: `${verb} the ${kind} ${path}: ${state}.`,
          affectedData: `the state of ${path}`,
          recommendation: "surql migrate snapshot --output before.json",
        }),
      },
    ];
  },
});
