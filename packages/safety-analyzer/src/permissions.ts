import { isWord, significantTokens, splitOutside, type Token } from "@surql/surrealql";
import { spelled } from "./spelled-tokens.ts";

const actions = ["select", "create", "update", "delete"] as const;
type Action = (typeof actions)[number];
const ruleWords = ["FULL", "NONE", "WHERE"];

/** What a record user may do: `FULL`, `NONE`, or a condition in one spelling. */
export type Permissions = Readonly<Record<Action, string>>;

/**
 * Reads the text of a `PERMISSIONS` clause.
 *
 * @param text What stands behind the word; `undefined` when the clause is missing.
 * @param missing What the engine takes then: `NONE` for tables, `FULL` for all else.
 * @example
 * ```ts
 * readPermissions("FOR select FULL, FOR update WHERE owner = $auth", "NONE");
 * // { select: "FULL", create: "NONE", update: "WHERE owner = $auth", delete: "NONE" }
 * ```
 */
export function readPermissions(text: string | undefined, missing: "NONE" | "FULL"): Permissions {
  const tokens = significantTokens(text ?? missing);
  const isByAction = isWord(tokens[0], "FOR");
  const rest = isByAction ? missing : ruleOf(tokens);
  const found = new Map<Action, string>(actions.map((action) => [action, rest]));
  for (const group of isByAction ? groups(tokens) : []) {
    const end = group.findIndex((token) => ruleWords.some((word) => isWord(token, word)));
    const named = new Set(group.slice(0, end).map((token) => token.text.toLowerCase()));
    for (const action of actions)
      if (named.has(action)) found.set(action, ruleOf(group.slice(end)));
  }
  return Object.fromEntries(found) as Permissions;
}

/** `FULL`, `NONE`, or a condition. */
function ruleOf(tokens: readonly Token[]): string {
  const [word = "", ...condition] = tokens.map(spelled);
  return [word.toUpperCase(), ...condition].join(" ");
}

/** The actions that are allowed where they were not, or under another condition. */
export function widenedActions(before: Permissions, after: Permissions): readonly Action[] {
  return actions.filter(
    (action) =>
      before[action] !== "FULL" && after[action] !== "NONE" && before[action] !== after[action],
  );
}

/** What stands behind every `FOR`, without the comma at its end. */
function groups(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const [, ...found] = splitOutside(tokens, (token) => isWord(token, "FOR"));
  return found.map((group) => (group.at(-1)?.text === "," ? group.slice(0, -1) : group));
}
