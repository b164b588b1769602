import type { ObjectKind, ObjectReference } from "@surql/surrealql";
import { defineRule, type SafetyRule, type TouchContext } from "../define-rule.ts";
import { redefinition } from "../redefinition.ts";
import { removal } from "../removal.ts";
import { kindWord, pathOf } from "../wording.ts";

/** What does not come back by defining the object again. */
const states: ReadonlyMap<ObjectKind, string> = new Map([
  [
    "access",
    "SurrealDB does not show its keys, so have them at hand; everybody who signed in by it is signed out",
  ],
  ["api", "its routes stop answering, or answer otherwise"],
  ["bucket", "the files in it are out of reach, so copy them first"],
  ["config", "its present settings are not kept"],
  ["model", "the uploaded model is not kept, so export it first"],
  ["param", "its present value is not kept"],
  [
    "sequence",
    "it counts from its start again and gives out numbers a second time, unless START is put behind the number it has reached",
  ],
  ["user", "SurrealDB does not show the password, so have it at hand"],
]);
const kinds = new Set(states.keys());
/** Those whose definition is all there is to keep: a snapshot keeps it. */
const keptByDefinition: ReadonlySet<ObjectKind> = new Set(["api", "config", "param"]);

/** Removes or redefines an object that holds state of its own. */
export const loseState: SafetyRule = defineRule({
  name: "lose-state",
  codes: ["state_lost"],
  judgeTouch(context) {
    const removed = removal(context, kinds)?.object;
    const object = removed ?? redefined(context);
    if (object === undefined) return [];
    const path = pathOf(object);
    const verb = removed === undefined ? "Redefines" : "Removes";
    return [
      {
        safety: "data_loss",
        code: "state_lost",
        object: { kind: object.kind, name: object.name },
        tell: () => ({
          description: `${verb} the ${kindWord(object.kind)} ${path}: ${states.get(object.kind)}.`,
          affectedData: `the state of ${path}`,
          recommendation: keptByDefinition.has(object.kind)
            ? "surql migrate snapshot --output before.json"
            : undefined,
        }),
      },
    ];
  },
});

function redefined(context: TouchContext): ObjectReference | undefined {
  const found = redefinition(context);
  if (found === undefined || found.change === "added" || !kinds.has(found.object.kind)) {
    return undefined;
  }
  return context.before(found.object).origin === "plan" ? undefined : found.object;
}
