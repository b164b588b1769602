import type { VersionGraph } from "@surql/graph";
import type { Migration } from "@surql/migration";
import { emptySchema, type Schema } from "@surql/snapshot";

/** The schema that a migration is run on, or why there is none. */
export type Ground =
  | {
      readonly kind: "schema";
      readonly schema: Schema;
      /** The migrations that made it, parents first. */
      readonly ancestors: readonly Migration[];
    }
  | { readonly kind: "blocked"; readonly by: string };

/** What is known of the schema behind each version. */
export interface Lineage {
  /** The schema before a version. */
  before(version: string): Promise<Ground>;
  /** Notes what a version has made of it; nothing when its up script fails. */
  note(version: string, after: Schema | undefined): void;
}

/**
 * Follows the schema along a graph of migrations. The schema before one is what all its ancestors together make.
 *
 * @param apply Runs the up script of a migration on a schema; `undefined` when that fails.
 */
export function createLineage(
  graph: VersionGraph<Migration>,
  apply: (
    migration: Migration,
    ground: Extract<Ground, { kind: "schema" }>,
  ) => Promise<Schema | undefined>,
): Lineage {
  const behind = new Map<string, Schema | undefined>();
  const migrationsOf = (versions: readonly string[]): readonly Migration[] =>
    versions.flatMap((version) => graph.getNode(version)?.migration ?? []);
  return {
    async before(version) {
      const [first, ...others] = graph.getNode(version)?.parents ?? [];
      const ancestors = migrationsOf(graph.getAncestors(version));
      const stuck = ancestors.find((one) => behind.get(one.version) === undefined);
      if (stuck !== undefined) return { kind: "blocked", by: stuck.version };
      if (first === undefined) return { kind: "schema", schema: emptySchema, ancestors };
      let schema = behind.get(first) ?? emptySchema;
      if (others.length === 0) return { kind: "schema", schema, ancestors };
      const there = [...migrationsOf(graph.getAncestors(first)), ...migrationsOf([first])];
      for (const migration of ancestors) {
        if (there.includes(migration)) continue;
        const after = await apply(migration, { kind: "schema", schema, ancestors: [...there] });
        if (after === undefined) return { kind: "blocked", by: migration.version };
        there.push(migration);
        schema = after;
      }
      return { kind: "schema", schema, ancestors };
    },
    note: (version, after) => void behind.set(version, after),
  };
}
