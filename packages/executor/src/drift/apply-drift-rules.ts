import type { SchemaChange } from "@surql/snapshot";
import type { DriftRule } from "./drift-rule.ts";
import { readPattern, type PathPattern } from "./path-pattern.ts";

/** A change that a rule covers. */
export interface IgnoredChange extends SchemaChange {
  /** The path of the rule. */
  readonly rule: string;
  readonly reason: string;
}

/** What differs, and what of it was decided to be right. */
export interface JudgedChanges {
  readonly changes: readonly SchemaChange[];
  readonly ignored: readonly IgnoredChange[];
}

/**
 * Takes out of changes what rules cover; of several, the first. Pure.
 *
 * @example
 * ```ts
 * const { changes, ignored } = applyDriftRules(compareSchemas(recorded, live), [{ path: "tmp_*", reason: "Of the import" }]);
 * ```
 */
export function applyDriftRules(
  all: readonly SchemaChange[],
  rules: readonly DriftRule[],
): JudgedChanges {
  if (all.length === 0 || rules.length === 0) return { changes: all, ignored: [] };
  const patterns = rules.flatMap((rule) => {
    const pattern = readPattern(rule.path);
    return pattern === undefined ? [] : [{ rule, pattern }];
  });
  const whole = new Map(
    all.flatMap(({ change, kind, name }) =>
      (kind === "table" || kind === "edge") && change !== "modified" ? [[name, change]] : [],
    ),
  );
  const changes: SchemaChange[] = [];
  const ignored: IgnoredChange[] = [];
  for (const change of all) {
    const found = patterns.find(
      ({ rule, pattern }) =>
        (rule.change ?? change.change) === change.change && covers(pattern, change, whole),
    );
    if (found === undefined) changes.push(change);
    else ignored.push({ ...change, rule: found.rule.path, reason: found.rule.reason });
  }
  return { changes, ignored };
}

function covers(
  pattern: PathPattern,
  { path, table, change }: SchemaChange,
  whole: ReadonlyMap<string, string>,
): boolean {
  const match = pattern.matches(path);
  if (match !== "above") return match === "itself";
  return pattern.length > 1 || (table !== undefined && whole.get(table) === change);
}
