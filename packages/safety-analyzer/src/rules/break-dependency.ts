import {
  quoteString,
  unquoteIdentifier,
  type ObjectKind,
  type ObjectReference,
} from "@surql/surrealql";
import { defineRule, type SafetyRule, type TouchContext } from "../define-rule.ts";
import type { LiveDefinition } from "../live-schema.ts";
import { removal, staysGone } from "../removal.ts";
import { isGone } from "../schema-timeline.ts";
import { spelledTokens } from "../significant-tokens.ts";
import { amount, pathOf } from "../wording.ts";

const usable: ReadonlySet<ObjectKind> = new Set(["function", "analyzer", "module"]);
/** How many users an issue names. */
const named = 5;

/** Removes what others use: that succeeds, and writes or reads through the users fail from then on. */
export const breakDependency: SafetyRule = defineRule({
  name: "break-dependency",
  codes: ["dependency_broken"],
  judgeTouch(context) {
    const found = removal(context, usable);
    if (found === undefined || found.isMissing || !staysGone(found.object, context)) return [];
    const { object } = found;
    const { live } = context;
    const users = usersOf(object, context);
    if (users.length === 0 && live.isKnown) return [];
    const path = pathOf(object);
    const list = users.slice(0, named).join(", ") + (users.length > named ? ", …" : "");
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

/** The definitions that mention an object now and are still as they are at the end of the plan. */
function usersOf(object: ObjectReference, context: TouchContext): readonly string[] {
  const word = object.name.split("::").at(-1)!;
  return [...context.live.search(word)]
    .filter((user) => mentions(user, object) && isUnchanged(user, context))
    .map((user) => pathOf(user.object));
}

function isUnchanged(user: LiveDefinition, context: TouchContext): boolean {
  const end = context.atEnd(user.object);
  return !isGone(end) && end.clauses === user.clauses;
}

function mentions({ object: user, text }: LiveDefinition, object: ObjectReference): boolean {
  if (user.kind === object.kind && user.name === object.name) return false;
  const words = spelledTokens(text).map(unquoteIdentifier);
  return spellings(object).some((wanted) =>
    words.some(
      (_, at) =>
        wanted.every((word, index) => words[at + index]?.toLowerCase() === word.toLowerCase()) &&
        words[at + wanted.length] !== "::",
    ),
  );
}

/** How something else can name it. */
function spellings({ kind, name }: ObjectReference): readonly (readonly string[])[] {
  if (kind !== "analyzer") return [name.split(/(::)/)];
  return [
    ["ANALYZER", name],
    ["search", "::", "analyze", "(", quoteString(name)],
  ];
}
