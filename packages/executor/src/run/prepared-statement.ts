import type { Migration, MigrationDirection } from "@surql/migration";
import { readingOf, type Statement, type Touch } from "@surql/surrealql";
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

/** A loaded migration never changes, and several steps of a run need its statements. */
const prepared: Readonly<
  Record<MigrationDirection, WeakMap<Migration, readonly PreparedStatement[]>>
> = { up: new WeakMap(), down: new WeakMap() };

/**
 * Makes a migration's statements ready to run: one that the engine cannot do safely is replaced by
 * what does the same. Pure, and always the same for the same file.
 */
export function prepareStatements(
  migration: Migration,
  direction: MigrationDirection,
): readonly PreparedStatement[] {
  const known = prepared[direction].get(migration);
  if (known !== undefined) return known;
  const statements = migration[direction].flatMap(replaced).map((statement, index) => ({
    text: statement.text,
    migration: migration.version,
    index,
    line: statement.line,
    file: migration.path,
    touches: readingOf(statement).touches,
  }));
  prepared[direction].set(migration, statements);
  return statements;
}

function replaced(statement: Statement): readonly Statement[] {
  const texts = replaceIndexOverwrite(statement.text);
  return texts.length === 1 ? [statement] : texts.map((text) => ({ ...statement, text }));
}
