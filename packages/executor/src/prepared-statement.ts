import type { Migration, MigrationDirection } from "@surql/migration";
import { readStatement, type Touch } from "@surql/surrealql";
import { replaceIndexOverwrite } from "./replace-index-overwrite.ts";

/** A statement as it will run, with where it stands. */
export interface PreparedStatement {
  readonly text: string;
  /** Version of the migration that it belongs to. */
  readonly migration: string;
  /** Position among the migration's prepared statements, from 0. */
  readonly index: number;
  /** Line in the migration's file, from 1. */
  readonly line: number;
  readonly file: string;
  readonly touches: readonly Touch[];
}

/**
 * Makes a migration's statements ready to run: one that the engine cannot do safely is replaced by
 * what does the same. Pure, and always the same for the same file.
 */
export function prepareStatements(
  migration: Migration,
  direction: MigrationDirection,
): readonly PreparedStatement[] {
  return migration[direction]
    .flatMap(({ text, line }) => replaceIndexOverwrite(text).map((one) => ({ text: one, line })))
    .map(({ text, line }, index) => ({
      text,
      migration: migration.version,
      index,
      line,
      file: migration.path,
      touches: readStatement(text).touches,
    }));
}
