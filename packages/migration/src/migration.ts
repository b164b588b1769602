import type { Statement } from "@surql/surrealql";

/** Which way a migration is run. */
export type MigrationDirection = "up" | "down";

/** A migration as it was loaded: frozen, so that what was planned is what runs. */
export interface Migration {
  readonly version: string;
  readonly description: string;
  readonly author?: string | undefined;
  /** The parents as the file names them; `undefined` when it names none. */
  readonly dependsOn?: readonly string[] | undefined;
  /** Of a squash: the versions that it stands for, its own among them. */
  readonly replaces?: readonly string[] | undefined;
  /** The parents in force: `dependsOn`, or else the previous version in text order. Empty for the first. */
  readonly parents: readonly string[];
  /** Absolute path of the file. */
  readonly path: string;
  readonly format: "surql" | "module";
  /** SHA-256 (hexadecimal) of the file's bytes with CRLF read as LF. */
  readonly checksum: string;
  /** With their line and column in the file; those of a module, in the text that it returned. */
  readonly up: readonly Statement[];
  /** Empty when the migration is irreversible. */
  readonly down: readonly Statement[];
  /** The reason the author gave for not being reversible. */
  readonly irreversible?: string | undefined;
  /** `none` for statements that cannot be in a transaction. */
  readonly transaction: "required" | "none";
  /** The directions that lack a secret and so cannot be run: only of a migration that was read from a database. */
  readonly withheld?: readonly MigrationDirection[] | undefined;
}
