import type { BoundScript, Database } from "@surql/connection";
import type { Approval } from "./approval.ts";
import type { QuarantineEntry } from "./quarantine.ts";
import type { ReplacedRow } from "./replaced-rows.ts";
import type { UncheckedIndex } from "./unchecked-indexes.ts";
import type { Progress } from "./unfinished.ts";
import { ledgerMoved } from "./ledger.ts";
import { eventTable, selectFrom } from "./tables.ts";

/** What happened to the schema, as the audit keeps it. */
export interface MigrationEvent {
  /**
   * `adopt`: what was in the database already was recorded as a migration. `restore-schema`: the schema was made that of a version, without the ledger.
   * `check`: indexes were checked against their tables. `repair`: somebody decided about what was interrupted.
   * `squash`: one row of the ledger took the place of several.
   */
  readonly kind:
    | "apply"
    | "adopt"
    | "rollback"
    | "restore"
    | "restore-schema"
    | "prune"
    | "snapshot"
    | "check"
    | "repair"
    | "squash";
  /**
   * - `partial`: committed as the first part of something larger; what came of it is a later event.
   * - `begun`: about to run something that no transaction can undo; written before it.
   * - `failed`: what was begun failed, and changed nothing.
   * - `abandoned`: what was half-way is given up; the migration counts as it did before.
   */
  readonly result: "done" | "partial" | "begun" | "failed" | "abandoned";
  /** Who did it, in words for a reader. */
  readonly actor: string;
  readonly toolVersion?: string | undefined;
  readonly fromVersion?: string | undefined;
  readonly toVersion?: string | undefined;
  /** The versions that were applied or rolled back. */
  readonly versions: readonly string[];
  /** Those of them whose way back was computed from snapshots. */
  readonly computed?: readonly string[] | undefined;
  /** The rows of the ledger in whose place a squash was put, as they were. */
  readonly replaced?: readonly ReplacedRow[] | undefined;
  /** Fingerprint of the plan that was carried out. */
  readonly fingerprint?: string | undefined;
  /** Hash of the plan that was carried out: each is carried out once. */
  readonly planHash?: string | undefined;
  readonly approval?: Approval | undefined;
  readonly progress?: Progress | undefined;
  /** What a rollback has kept of what it took. Written by the database, in the transaction of the rollback. */
  readonly kept?: readonly KeptEntry[] | undefined;
  /** The command that undoes a rollback. */
  readonly undo?: string | undefined;
  /** What rollbacks had kept, and was put back. */
  readonly restored?: readonly RestoredEntry[] | undefined;
  /** Ids of the quarantine's entries that were dropped. */
  readonly pruned?: readonly string[] | undefined;
  /** What was decided about a migration that was half-way. */
  readonly decision?: "done" | "again" | "abandon" | "applied" | undefined;
  /** Indexes that it built or may have emptied, to be checked when it is committed. */
  readonly indexes?: readonly UncheckedIndex[] | undefined;
}

/** An entry of the quarantine that a rollback has made. */
export interface KeptEntry extends Pick<
  QuarantineEntry,
  "kind" | "migration" | "table" | "field" | "count"
> {
  /** Id of the entry. */
  readonly entry: string;
}

/** An entry of the quarantine that was put back. */
export interface RestoredEntry {
  readonly entry: string;
  /** What became of what was written meanwhile: `theirs`, `ours` or `only-if-none`. */
  readonly rule: string;
}

/** An event as it was stored. */
export interface StoredEvent extends MigrationEvent {
  readonly id: string;
  /** ISO 8601, by the database's clock. */
  readonly at: string;
}

/**
 * The statement that writes an event. Pure; run in the transaction of what it records.
 *
 * @param id What to call it: reading it back is the proof that the transaction was committed.
 * @example
 * ```ts
 * const event = { kind: "apply", result: "done", actor: "ada@laptop", versions: ["20260109_120000"] } as const;
 * const { script, bindings } = recordEvent(randomUUID(), event);
 * await db.transact([...statements, ...script], bindings);
 * ```
 */
export function recordEvent(id: string, event: MigrationEvent): BoundScript {
  return {
    script: [
      {
        text:
          `CREATE type::record("${eventTable}", $__surql_event_id) CONTENT ` +
          "object::extend($__surql_event, { at: time::now() }) RETURN NONE",
        origin: { ledger: "event" },
      },
    ],
    bindings: { __surql_event_id: id, __surql_event: definedOnly(event) },
  };
}

/**
 * The statement that makes a transaction fail with {@link ledgerMoved} unless this event was written, and so all that
 * its transaction did.
 *
 * @example
 * ```ts
 * const { script, bindings } = expectEvent(previous);
 * await db.transact([...script, ...statements], bindings);
 * ```
 */
export function expectEvent(id: string): BoundScript {
  return {
    script: [
      {
        text:
          `IF !record::exists(type::record("${eventTable}", $__surql_previous_event)) ` +
          `{ THROW "${ledgerMoved}" }`,
        origin: { ledger: "expect" },
      },
    ],
    bindings: { __surql_previous_event: id },
  };
}

function definedOnly(event: MigrationEvent): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
}

/**
 * Reads the audit, oldest first.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * const last = (await listEvents(db)).at(-1); // { actor: "surql", …, kind: "rollback", …, versions: ["20260109_120000"] }
 * ```
 */
export async function listEvents(db: Pick<Database, "query">): Promise<readonly StoredEvent[]> {
  return readEvents(db);
}

/** The same for some of them. */
export async function readEvents(
  db: Pick<Database, "query">,
  where = "",
  bindings?: Readonly<Record<string, unknown>>,
): Promise<readonly StoredEvent[]> {
  // Sorted by the datetime itself: as text, `…5Z` would come after `…49Z`.
  const sql = `SELECT *, <string>id AS id, <string>at AS written FROM ${eventTable} ${where} ORDER BY at`;
  const rows = await selectFrom(db, sql, bindings);
  return rows.map((row) => {
    const { written, ...event } = row as StoredEvent & { readonly written: string };
    return { ...event, at: new Date(written).toISOString() };
  });
}
