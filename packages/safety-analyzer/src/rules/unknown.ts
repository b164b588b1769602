import type { ObjectKind, Touch } from "@surql/surrealql";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { prohibitionsOf } from "../prohibition.ts";
import { pathOf } from "../wording.ts";

const databaseKinds: readonly ObjectKind[] = [
  "access",
  "analyzer",
  "api",
  "bucket",
  "config",
  "event",
  "field",
  "function",
  "index",
  "module",
  "param",
  "sequence",
  "table",
  "user",
];
/** The kinds for which the other rules know what a statement does to them. */
const understood: Readonly<Record<string, ReadonlySet<string>>> = {
  define: new Set(databaseKinds),
  remove: new Set([...databaseKinds, "model"]),
  alter: new Set(["table", "field", "index", "sequence"]),
  rebuild: new Set(["index"]),
};

/** They add something beside the database, and leave what is there as it is. */
const outerKinds: ReadonlySet<ObjectKind> = new Set(["namespace", "database"]);

/** What no rule understands cannot be called safe. */
export const unknown: SafetyRule = defineRule({
  name: "unknown",
  codes: ["unknown"],
  judgeTouch({ touch, statement }) {
    const obstacle = obstacleIn(touch);
    if (obstacle === undefined || prohibitionsOf(touch).length > 0) return [];
    return [
      {
        safety: "unsafe",
        code: "unknown",
        ...("object" in touch
          ? { object: { kind: touch.object.kind, name: touch.object.name } }
          : {}),
        tell: () => ({
          description: `What the statement in line ${statement.line} does is not known: ${obstacle}.`,
        }),
      },
    ];
  },
});

function obstacleIn(touch: Touch): string | undefined {
  if (touch.effect === "unknown") return `it could not be read at ${touch.at}`;
  if (touch.effect === "control" && touch.word === "SLEEP") return undefined;
  if (touch.effect === "control") return `surql does not judge ${touch.word}`;
  if (!("object" in touch) || understood[touch.effect]?.has(touch.object.kind)) return undefined;
  if (
    touch.effect === "define" &&
    touch.mode !== "overwrite" &&
    outerKinds.has(touch.object.kind)
  ) {
    return undefined;
  }
  return `surql does not judge ${touch.effect.toUpperCase()} of the ${touch.object.kind} ${pathOf(touch.object)}`;
}
