/** What a graph needs to know of a migration. Every other property is carried along untouched. */
export interface Versioned {
  readonly version: string;
  /** The parents in force. When empty or absent, `dependsOn` is read. */
  readonly parents?: readonly string[] | undefined;
  /** The parents as a file names them. */
  readonly dependsOn?: readonly string[] | undefined;
  /** Shown by {@link renderGraph} and {@link renderMermaid}. */
  readonly description?: string | undefined;
}

/** The parents that a migration names itself; empty when it names none. */
export function namedParents(migration: Versioned): readonly string[] {
  const { parents = [], dependsOn = [] } = migration;
  return parents.length > 0 ? parents : dependsOn;
}
