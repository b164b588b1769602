import type { Statement } from "@surql/surrealql";
import type { DeclaredMetadata } from "./metadata.ts";
import type { MigrationProblem } from "./migration-problem.ts";

/** What a file of either format holds. Of no use while there are problems. */
export interface MigrationContent {
  readonly metadata: DeclaredMetadata;
  readonly up: readonly Statement[];
  readonly down: readonly Statement[];
  readonly problems: readonly MigrationProblem[];
}

/** The content of a file of which nothing can be said but what is wrong. */
export function emptyContent(...problems: readonly MigrationProblem[]): MigrationContent {
  return { metadata: {}, up: [], down: [], problems };
}
