import { resolveParents, VersionGraph } from "@surql/graph";
import { freezeMigration } from "./freeze-migration.ts";
import type { MigrationProblem } from "./migration-problem.ts";
import type { Migration } from "./migration.ts";
import { cycle, duplicateVersion, unknownParent } from "./problems.ts";
import type { ReadFile } from "./read-migration.ts";
import { squashFor, withoutReplaced } from "./without-replaced.ts";

/** What is known of a version: of one whose file is wrong, only that it is there. */
interface Known {
  readonly version: string;
  readonly dependsOn?: readonly string[] | undefined;
  readonly path: string;
  readonly migration: Migration | undefined;
}

/**
 * Gives every migration its parents, and finds what is wrong between files: repeated versions,
 * unknown parents, cycles.
 *
 * @returns The migrations parents first; in text order when something is wrong between them.
 */
export function linkMigrations(files: readonly ReadFile[]): {
  readonly migrations: readonly Migration[];
  readonly problems: readonly MigrationProblem[];
} {
  const { known, problems: duplicates } = byVersion(withoutReplaced(files));
  const parents = resolveParents([...known.values()]);
  const graph = new VersionGraph<Known>();
  // What a broken file depends on is not known: nothing is said about it.
  for (const one of known.values()) {
    graph.addVersion(one, one.migration === undefined ? [] : parents.get(one.version));
  }
  const pathOf = (version: string): string => known.get(version)?.path ?? version;
  const problems = [
    ...duplicates,
    ...graph
      .missingParents()
      .map(({ version, parent }) =>
        unknownParent(pathOf(version), version, parent, squashFor(parent, files)),
      ),
    ...graph.cycles().map((versions) => cycle(versions, versions.map(pathOf))),
  ];
  const order = problems.length === 0 ? graph.topologicalOrder() : graph.getAllVersions();
  const migrations = order.flatMap((version) => {
    const migration = known.get(version)?.migration;
    return migration === undefined
      ? []
      : [freezeMigration({ ...migration, parents: parents.get(version) ?? [] })];
  });
  return { migrations, problems };
}

function byVersion(files: readonly ReadFile[]): {
  readonly known: ReadonlyMap<string, Known>;
  readonly problems: readonly MigrationProblem[];
} {
  const known = new Map<string, Known>();
  const paths = new Map<string, string[]>();
  for (const { version, path, migration } of files) {
    if (version === undefined) continue;
    paths.set(version, [...(paths.get(version) ?? []), path]);
    const dependsOn = migration?.dependsOn;
    if (!known.has(version)) known.set(version, { version, dependsOn, path, migration });
  }
  const problems = [...paths].flatMap(([version, same]) =>
    same.length > 1 ? [duplicateVersion(version, same)] : [],
  );
  return { known, problems };
}
