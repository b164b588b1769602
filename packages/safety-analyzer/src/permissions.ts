import { spelledTokens } from "./spelled-tokens.ts";

const actions = ["select", "create", "update", "delete"] as const;
type Action = (typeof actions)[number];

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
  const words = spelledTokens(text ?? missing);
  const isByAction = /^for$/i.test(words[0] ?? "");
  const rest = isByAction ? missing : ruleOf(words);
  const found = new Map<Action, string>(actions.map((action) => [action, rest]));
  for (const group of isByAction ? groups(words) : []) {
    const end = group.findIndex((word) => /^(full|none|where)$/i.test(word));
    const named = new Set(group.slice(0, end).map((word) => word.toLowerCase()));
    for (const action of actions)
      if (named.has(action)) found.set(action, ruleOf(group.slice(end)));
  }
  return Object.fromEntries(found) as Permissions;
}

/** `FULL`, `NONE`, or a condition. */
function ruleOf(words: readonly string[]): string {
  const [word = "", ...condition] = words;
  return [word.toUpperCase(), ...condition].join(" ");
}

/** The actions that are allowed where they were not, or under another condition. */
export function widenedActions(before: Permissions, after: Permissions): readonly Action[] {
  return actions.filter(
    (action) =>
      before[action] !== "FULL" && after[action] !== "NONE" && before[action] !== after[action],
  );
}

/** Cuts at every `FOR` outside of brackets. */
function groups(words: readonly string[]): readonly (readonly string[])[] {
  const found: string[][] = [];
  let depth = 0;
  for (const word of words) {
    if (/^[([{]$/.test(word)) depth++;
    else if (/^[)\]}]$/.test(word)) depth--;
    if (depth === 0 && /^for$/i.test(word)) found.push([]);
    else found.at(-1)?.push(word);
  }
  return found.map((group) => (group.at(-1) === "," ? group.slice(0, -1) : group));
}
