import type { Migration } from "./migration.ts";

/** A copy of a migration that nothing can change any more, down to its statements. */
export function freezeMigration(migration: Migration): Migration {
  return Object.freeze({
    ...migration,
    dependsOn: migration.dependsOn && Object.freeze([...migration.dependsOn]),
    ...(migration.replaces && { replaces: Object.freeze([...migration.replaces]) }),
    parents: Object.freeze([...migration.parents]),
    up: frozen(migration.up),
    down: frozen(migration.down),
  });
}

function frozen<T extends object>(items: readonly T[]): readonly T[] {
  return Object.freeze(items.map((item) => Object.freeze(item)));
}
