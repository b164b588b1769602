import { isWord, significantTokens, splitOutside } from "@surql/surrealql";

/**
 * The permissions of a field without what they say about `delete`: 2.0 printed it, it never had an effect, and 3.x does not read it.
 *
 * @param permissions What stands behind `PERMISSIONS`.
 */
export function withoutDelete(permissions: string): string {
  const [, ...rules] = splitOutside(significantTokens(permissions), (token) =>
    isWord(token, "FOR"),
  );
  if (rules.length === 0) return permissions;
  const kept = rules.flatMap((rule) => {
    const at = rule.findIndex((token) => /^(?:NONE|FULL|WHERE)$/i.test(token.text));
    if (at < 0) return [];
    const actions = rule.slice(0, at).map(({ text }) => text);
    const others = actions.filter((action) => action !== "," && action.toLowerCase() !== "delete");
    const rights = permissions.slice(rule[at]?.start, rule.at(-1)?.end).replace(/,$/, "");
    return others.length === 0 ? [] : `FOR ${others.join(", ")} ${rights}`;
  });
  return kept.length === 0 ? "FULL" : kept.join(", ");
}
