import { namedParents } from "./versioned.ts";
import type { Versioned } from "./versioned.ts";

/**
 * The parents in force of each version: those that it names, or else the previous version in
 * text order; none for the first.
 *
 * @param migrations In any order, each version once.
 * @example
 * ```ts
 * resolveParents([{ version: "1" }, { version: "2" }]).get("2"); // ["1"]
 * ```
 */
export function resolveParents(
  migrations: readonly Versioned[],
): ReadonlyMap<string, readonly string[]> {
  const inTextOrder = migrations.toSorted((a, b) => (a.version < b.version ? -1 : 1));
  const parents = new Map<string, readonly string[]>();
  let previous: readonly string[] = [];
  for (const migration of inTextOrder) {
    const named = namedParents(migration);
    parents.set(migration.version, named.length > 0 ? named : previous);
    previous = [migration.version];
  }
  return parents;
}
