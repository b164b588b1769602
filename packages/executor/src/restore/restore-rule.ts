/**
 * What becomes of what was written since the rollback:
 * - `theirs`: it stays; what was kept comes back everywhere else.
 * - `ours`: what was kept replaces it.
 * - `only-if-none`: what was kept fills gaps only: missing records, and fields that are NONE or NULL.
 */
export type RestoreRule = "theirs" | "ours" | "only-if-none";

/**
 * The rules, the one that destroys nothing of what was written first.
 *
 * @example
 * ```ts
 * if (!restoreRules.some((rule) => rule === given)) throw new Error(`One of ${restoreRules.join(", ")}.`);
 * ```
 */
export const restoreRules: readonly RestoreRule[] = ["theirs", "ours", "only-if-none"];
