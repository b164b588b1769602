import type { SchemaChange } from "@surql/snapshot";
import { readPattern } from "./path-pattern.ts";

/** A decision that the database may differ from what is recorded. */
export interface DriftRule {
  /**
   * The object, as a difference calls it: `user`, `user.bio`, `fn::greet`, `$limit`, `access account`. A `*` stands for any characters of a
   * name: `user.tmp_*`, `*.cached_at`, `fn::debug::*`. What came or went along is covered too: with a table that is new or gone all that
   * belongs to it, with a field the parts of its value. A table that is in both is covered by itself only; its members are `user.*`.
   */
  readonly path: string;
  /** Only such changes; every one unless said. */
  readonly change?: SchemaChange["change"] | undefined;
  /** Why that is right. It stands beside each change that the rule covers. */
  readonly reason: string;
}

/** What is wrong with a rule, and where: `ignore.0.path`. */
export interface DriftRuleProblem {
  readonly path: string;
  readonly problem: string;
}

/**
 * Says what is wrong with rules; nothing when they can be used. Pure.
 *
 * @example
 * ```ts
 * checkDriftRules([{ path: "user.", reason: "" }]);
 * // [{ path: "ignore.0.path", problem: "is not the path of an object" }, { path: "ignore.0.reason", problem: "must not be empty" }]
 * ```
 */
export function checkDriftRules(rules: readonly DriftRule[]): readonly DriftRuleProblem[] {
  return rules.flatMap(({ path, reason }, index) => [
    ...(readPattern(path) === undefined
      ? [{ path: `ignore.${index}.path`, problem: "is not the path of an object" }]
      : []),
    ...(reason.trim() === ""
      ? [{ path: `ignore.${index}.reason`, problem: "must not be empty" }]
      : []),
  ]);
}
