import type { ObjectKind } from "@surql/surrealql";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { findUsers, listUsers } from "../find-users.ts";
import { removal, staysGone } from "../removal.ts";
import { amount, pathOf } from "../wording.ts";

const usable: ReadonlySet<ObjectKind> = new Set(["function", "analyzer", "module"]);

/** Removes what others use: that succeeds, and writes or reads through the users fail from then on. */
export const breakDependency: SafetyRule = defineRule({
  name: "break-dependency",
  codes: ["dependency_broken"],
  judgeTouch(context) {
    const found = removal(context, usable);
    if (found === undefined || found.isMissing || !staysGone(found.object, context)) return [];
    const { object } = found;
    const { live } = context;
    const users = findUsers(object, context).map((user) => pathOf(user.object));
    if (users.length === 0 && live.isKnown) return [];
    const path = pathOf(object);
    const list = listUsers(users);
    return [
      {
        safety: "data_loss",
        code: "dependency_broken",
        object: { kind: object.kind, name: object.name },
        tell: () => ({
          description: live.isKnown
            ? `Removes the ${object.kind} ${path}, which ${list} use${users.length === 1 ? "s" : ""}: they fail from then on.`
            : `Removes the ${object.kind} ${path}. Whether something uses it is not known without the live schema.`,
          ...(live.isKnown
            ? { affectedData: `${amount(users.length, "user")} of ${path}: ${list}` }
            : {}),
        }),
      },
    ];
  },
});
