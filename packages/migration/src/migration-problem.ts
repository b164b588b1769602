/** Something about migration files that stops them from being used. All of them are found at once. */
export interface MigrationProblem {
  /** `MIGRATION.…`, stable. */
  readonly code: string;
  /** What is wrong, naming the files. */
  readonly message: string;
  /** Absolute paths of the files that are concerned. */
  readonly files: readonly string[];
  /** Line in the first file, from 1, where that is known. */
  readonly line?: number | undefined;
  /** Column in that line, in UTF-16 units, from 1. */
  readonly column?: number | undefined;
  /** The versions that are concerned. */
  readonly versions?: readonly string[] | undefined;
  readonly why?: string | undefined;
  readonly nextActions: readonly string[];
}
