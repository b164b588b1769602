import type { Database } from "@surql/connection";
import { quarantineTable, selectFrom } from "./tables.ts";

/**
 * - `table`: the records of a removed table.
 * - `edges`: edges of other tables that join records of a removed one.
 * - `field`: the values of a removed field.
 * - `records`: records that statements rewrote or deleted.
 */
export type QuarantineKind = "table" | "edges" | "field" | "records";

/** What one migration's way back lost of one table, and is kept: the header of an entry (docs/formats.md). */
export interface QuarantineEntry {
  readonly id: string;
  readonly kind: QuarantineKind;
  /**
   * `keeping`: a rollback in batches is not through; it is not to be restored yet. `restoring`: it is being put back in
   * batches, see `restoring`.
   */
  readonly state: "keeping" | "kept" | "restoring";
  /** Id of the rollback's event. */
  readonly event: string;
  /** Version of the migration whose down lost it. */
  readonly migration: string;
  /** Position among the entries of its event, from 0: they go back in the opposite order. */
  readonly sequence: number;
  readonly table: string;
  /** As the engine writes it; of a `field`. */
  readonly field?: string | undefined;
  /** Plain names down to the value that was kept; of a `field`. */
  readonly path?: readonly string[] | undefined;
  /** The removed table whose records are joined; of `edges`. */
  readonly of?: string | undefined;
  /** How many records or values. */
  readonly count: number;
  /** How many data rows hold them. */
  readonly rows: number;
  /** Whether the values were taken out of the records; of a `field`. */
  readonly cleaned?: boolean | undefined;
  /** The `DEFINE` texts of a removed table, as INFO gives them. */
  readonly definition?: Readonly<Record<string, unknown>> | undefined;
  /** ISO 8601, by the database's clock. */
  readonly keptAt: string;
  /** ISO 8601; `undefined` when it never expires. */
  readonly expiresAt?: string | undefined;
  /** ISO 8601; `undefined` as long as it was not put back. */
  readonly restoredAt?: string | undefined;
  /** Set when it was not kept by a rollback, but read from a file. */
  readonly imported?: true | undefined;
  /** How it was put back. */
  readonly restored?: QuarantineRestored | undefined;
  /** How far it is, while it is put back in batches. */
  readonly restoring?: QuarantineRestoring | undefined;
}

/** The journal of an entry that is being put back in batches. */
export interface QuarantineRestoring {
  /** Id of the event that began it. */
  readonly event: string;
  /** `theirs`, `ours` or `only-if-none`. */
  readonly rule: string;
  /** How many data rows are through. */
  readonly next: number;
  /** As in {@link QuarantineRestored}, so far. */
  readonly stayed: number;
  readonly gone: number;
  /** Version of the migration that it came back with; missing when it was asked for by itself. */
  readonly applying?: string | undefined;
  /** Set while what came back is taken out again. */
  readonly back?: true | undefined;
}

/** How an entry was put back. */
export interface QuarantineRestored {
  /** Id of the event. */
  readonly event: string;
  /** `theirs`, `ours` or `only-if-none`. */
  readonly rule: string;
  /** How many records or values were written since the rollback, and stayed as far as the rule says. */
  readonly stayed: number;
  /** How many values of a field had no record any more to go back to. */
  readonly gone: number;
  /** Whether references and views know of it; what a run that died has left open is done by the next. */
  readonly settled?: true | undefined;
}

// Sorted by the datetime itself: as text, `…5Z` would come after `…49Z`.
const columns =
  "*, record::id(id) AS id, <string>kept_at AS keptAt, " +
  "(IF expires_at { <string>expires_at }) AS expiresAt, (IF restored_at { <string>restored_at }) AS restoredAt";

/**
 * Reads what rollbacks have kept: the headers, in the order of keeping. Data rows are not read, however many there are.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * for (const { id, table, count } of await listQuarantine(db)) console.log(id, table, count);
 * ```
 */
export async function listQuarantine(
  db: Pick<Database, "query">,
): Promise<readonly QuarantineEntry[]> {
  // Headers have texts for keys, which come before the arrays of data rows.
  const sql = `SELECT ${columns} FROM ${quarantineTable}:..[] ORDER BY kept_at, sequence`;
  return (await selectFrom(db, sql)).map(readEntry);
}

/**
 * Reads one header; `undefined` when there is none of this id.
 *
 * @example
 * ```ts
 * (await readQuarantine(db, id))?.count; // 812
 * ```
 */
export async function readQuarantine(
  db: Pick<Database, "query">,
  id: string,
): Promise<QuarantineEntry | undefined> {
  const sql = `SELECT ${columns} FROM type::record("${quarantineTable}", $id)`;
  const [row] = await selectFrom(db, sql, { id });
  return row === undefined ? undefined : readEntry(row);
}

function readEntry(row: unknown): QuarantineEntry {
  const { kept_at: _, expires_at: __, restored_at: ___, ...entry } = row as StoredEntry;
  const { expiresAt, restoredAt, ...rest } = entry;
  return {
    ...rest,
    keptAt: new Date(entry.keptAt).toISOString(),
    ...(expiresAt && { expiresAt: new Date(expiresAt).toISOString() }),
    ...(restoredAt && { restoredAt: new Date(restoredAt).toISOString() }),
  };
}

type StoredEntry = QuarantineEntry &
  Readonly<Record<"kept_at" | "expires_at" | "restored_at", unknown>>;
