import type { BoundScript, Database } from "@surql/connection";
import type { AppliedMigration } from "./applied-migration.ts";
import { corruptRow } from "./errors.ts";
import { orderApplied } from "./order-applied.ts";
import type { StoredScript } from "./stored-script.ts";
import { historyTable, selectFrom } from "./tables.ts";

/**
 * Reads which migrations are applied, in the order in which they were.
 *
 * Rows of surql's other ports are read as those wrote them. A database without the table has none.
 *
 * @throws `HISTORY.CORRUPT_ROW` for a row without what every port writes.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * const applied = await getAppliedMigrations(db);
 * applied.at(-1)?.version; // the current version
 * ```
 */
export async function getAppliedMigrations(
  db: Pick<Database, "query">,
): Promise<readonly AppliedMigration[]> {
  const rows = await selectFrom(
    db,
    // The driver's datetime keeps nanoseconds in a class of its own; text is the same everywhere.
    // The scripts are left where they are: they are large, and only an undo without files needs them.
    "SELECT version, description, checksum, execution_time_ms, sequence, " +
      `<string>id AS id, <string>applied_at AS applied_at FROM ${historyTable}`,
  );
  return orderApplied(rows.map((row) => readRow(row as Readonly<Record<string, unknown>>)));
}

function readRow(row: Readonly<Record<string, unknown>>): AppliedMigration {
  const { version, description, applied_at: appliedAt, checksum } = row;
  const time = typeof appliedAt === "string" ? new Date(appliedAt) : undefined;
  if (typeof version !== "string" || version === "") throw corruptRow(row["id"], "version");
  if (time === undefined || Number.isNaN(time.getTime())) throw corruptRow(row["id"], "applied_at");
  if (typeof checksum !== "string") throw corruptRow(row["id"], "checksum");
  if (typeof description !== "string") throw corruptRow(row["id"], "description");
  return {
    version,
    description,
    appliedAt: time.toISOString(),
    checksum,
    executionTimeMs: integer(row["execution_time_ms"]),
    sequence: integer(row["sequence"]),
  };
}

function integer(value: unknown): number | undefined {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
}

/** What is written about a migration that was applied. */
export interface LedgerEntry {
  readonly version: string;
  readonly description: string;
  readonly checksum: string;
  /** Position in the order of applying, from 1. */
  readonly sequence: number;
  readonly toolVersion?: string | undefined;
  /** Its scripts, for an undo without its file. */
  readonly script?: StoredScript | undefined;
}

/**
 * The statement that records a migration as applied. Pure; the caller runs it in the transaction
 * that applies the migration, after `LET $__surql_started = time::now()` at its beginning.
 *
 * The record id is the version with every character that is not a letter or digit replaced by `_`, as
 * the other ports write it; a second row for a version fails, so nothing is recorded twice.
 *
 * @example
 * ```ts
 * const entry = { version: "20260110_120000", description: "Add tags", checksum, sequence: 3 };
 * const { script, bindings } = recordApplied(entry);
 * await db.transact([{ text: "LET $__surql_started = time::now()" }, ...statements, ...script], bindings);
 * ```
 */
export function recordApplied(entry: LedgerEntry): BoundScript {
  return {
    script: [
      {
        text:
          `CREATE type::record("${historyTable}", $__surql_id) SET version = $__surql_version, ` +
          "description = $__surql_description, checksum = $__surql_checksum, applied_at = time::now(), " +
          "execution_time_ms = duration::millis(time::now() - $__surql_started), " +
          "sequence = $__surql_sequence, tool_version = $__surql_tool, script = $__surql_script RETURN NONE",
        origin: { ledger: "record", version: entry.version },
      },
    ],
    bindings: {
      __surql_id: recordIdOf(entry.version),
      __surql_version: entry.version,
      __surql_description: entry.description,
      __surql_checksum: entry.checksum,
      __surql_sequence: entry.sequence,
      __surql_tool: entry.toolVersion,
      // One value in place of some for each statement, which cost a small migration a quarter of its time.
      __surql_script: entry.script && JSON.stringify(entry.script),
    },
  };
}

/**
 * What a transaction throws, in the database, when the ledger is not as it was planned.
 *
 * @example
 * ```ts
 * if (serverReason(error).includes(ledgerMoved)) await planAgain();
 * ```
 */
export const ledgerMoved = "surql: the ledger has changed";

/**
 * The statements that take migrations out of the ledger. Pure; run in the transaction that rolls them
 * back. They throw {@link ledgerMoved} in the database unless each of them was there.
 *
 * By record id, which is three times as fast as by version; a row that stands under another id is looked for by its version.
 *
 * @example
 * ```ts
 * const { script, bindings } = recordRolledBack(["20260109_120000"]);
 * await db.transact([...statements, ...script], bindings);
 * ```
 */
export function recordRolledBack(versions: readonly string[]): BoundScript {
  const texts = [
    `LET $__surql_removed = (DELETE $__surql_row_ids.map(|$id| type::record("${historyTable}", $id)) RETURN BEFORE).version`,
    "LET $__surql_elsewhere = array::complement($__surql_versions, $__surql_removed)",
    "IF array::complement($__surql_removed, $__surql_versions) != [] OR array::len((" +
      `DELETE ${historyTable} WHERE version IN $__surql_elsewhere RETURN BEFORE)) != array::len($__surql_elsewhere) ` +
      `{ THROW "${ledgerMoved}" }`,
  ];
  return {
    script: texts.map((text) => ({ text, origin: { ledger: "remove" } })),
    bindings: { __surql_versions: versions, __surql_row_ids: versions.map(recordIdOf) },
  };
}

/**
 * The statement that makes a transaction fail with {@link ledgerMoved} unless a version is applied.
 *
 * @example
 * ```ts
 * const { script, bindings } = expectApplied("20260108_120000");
 * await db.transact([...script, ...statements], bindings);
 * ```
 */
export function expectApplied(version: string): BoundScript {
  return {
    script: [
      {
        // By the unique index: counting the rows instead costs more with each of them.
        text:
          `IF array::len((SELECT VALUE id FROM ${historyTable} WHERE version = $__surql_previous)) = 0 ` +
          `{ THROW "${ledgerMoved}" }`,
        origin: { ledger: "expect" },
      },
    ],
    bindings: { __surql_previous: version },
  };
}

/**
 * The statement that makes a transaction fail with {@link ledgerMoved} unless these rows are there as they were read.
 *
 * @example
 * ```ts
 * const { script, bindings } = expectRows(await getAppliedMigrations(db));
 * await db.transact([...script, ...statements], bindings);
 * ```
 */
export function expectRows(
  rows: readonly Pick<AppliedMigration, "version" | "checksum" | "appliedAt">[],
): BoundScript {
  return {
    script: [
      {
        // One difference of two lists: to look for each row among all takes n² time.
        text:
          "IF array::complement($__surql_rows, (SELECT VALUE [version, checksum, time::millis(applied_at)] " +
          `FROM ${historyTable})) != [] { THROW "${ledgerMoved}" }`,
        origin: { ledger: "expect" },
      },
    ],
    bindings: {
      __surql_rows: rows.map((row) => [row.version, row.checksum, Date.parse(row.appliedAt)]),
    },
  };
}

/**
 * The statement that makes a transaction fail with {@link ledgerMoved} unless the ledger has `count` rows.
 *
 * @example
 * ```ts
 * const { script, bindings } = expectLedgerCount(applied.length);
 * await db.transact([...script, ...statements], bindings);
 * ```
 */
export function expectLedgerCount(count: number): BoundScript {
  return {
    script: [
      {
        text:
          `IF ((SELECT count() FROM ${historyTable} GROUP ALL)[0].count ?? 0) != $__surql_count ` +
          `{ THROW "${ledgerMoved}" }`,
        origin: { ledger: "expect" },
      },
    ],
    bindings: { __surql_count: count },
  };
}

/**
 * The record id that all ports of surql give to a version's row.
 *
 * @example
 * ```ts
 * recordIdOf("1.0-beta"); // "1_0_beta"
 * ```
 */
export function recordIdOf(version: string): string {
  return version.replaceAll(/[^\p{L}\p{N}]/gu, "_");
}
