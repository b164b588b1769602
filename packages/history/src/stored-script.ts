import type { Database } from "@surql/connection";
import { historyTable, selectFrom } from "./tables.ts";

/** A statement as the ledger keeps it, with where it stood in the file. */
export interface StoredStatement {
  readonly text: string;
  /** Line in the file, from 1. */
  readonly line: number;
  /** Column in that line, in UTF-16 units, from 1. */
  readonly column: number;
}

/** The scripts of a migration as they were applied: what an undo needs when there is no file. */
export interface StoredScript {
  readonly up: readonly StoredStatement[];
  readonly down: readonly StoredStatement[];
  /** The parents that were in force. */
  readonly parents: readonly string[];
  readonly transaction: "required" | "none";
  /** The reason its author gave for not being reversible. */
  readonly irreversible?: string | undefined;
  /** The directions that hold a secret: it was taken out, so they cannot be run. */
  readonly withheld: readonly ("up" | "down")[];
  /** SHA-256 (hexadecimal) over version, checksum and all of the above. */
  readonly hash: string;
}

/**
 * Reads what the ledger keeps of the scripts that were applied. Nothing of it is checked.
 *
 * @returns By version.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * (await readStoredScripts(db)).has("20260109_120000"); // true
 * ```
 */
export async function readStoredScripts(
  db: Pick<Database, "query">,
): Promise<ReadonlyMap<string, unknown>> {
  const rows = await selectFrom(
    db,
    `SELECT version, script FROM ${historyTable} WHERE script != NONE`,
  );
  return new Map(
    rows.map((row) => {
      const { version, script } = row as { readonly version: string; readonly script: unknown };
      return [version, parsed(script)];
    }),
  );
}

/** What somebody wrote there who is not surql stays as it is. */
function parsed(script: unknown): unknown {
  if (typeof script !== "string") return script;
  try {
    return JSON.parse(script) as unknown;
  } catch {
    return script;
  }
}
