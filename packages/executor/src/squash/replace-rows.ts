import type { BoundScript } from "@surql/connection";
import { ledgerMoved, type AppliedMigration, type StoredScript } from "@surql/history";
import type { Migration } from "@surql/migration";

/**
 * The statements that leave one row of several in the ledger: that of the version that the squash takes over, where it stood, with what the squash is.
 * They throw in the database unless it was there. Pure.
 *
 * That row is changed, not made anew: a record that is deleted and created in one transaction is refused in memory (docs/engine.md).
 */
export function replaceRows(
  { version, description, checksum }: Migration,
  rows: readonly AppliedMigration[],
  script: StoredScript,
  toolVersion: string | undefined,
): BoundScript {
  const times = rows.map(({ executionTimeMs }) => executionTimeMs);
  const isTimed = times.every((time) => time !== undefined);
  const texts = [
    "LET $__surql_squashed = (UPDATE _migration_history SET description = $__surql_squash.description, checksum = $__surql_squash.checksum, " +
      "execution_time_ms = $__surql_squash.time, tool_version = $__surql_squash.tool, script = $__surql_squash.script " +
      "WHERE version = $__surql_squash.version RETURN BEFORE)",
    `IF array::len($__surql_squashed) != 1 { THROW "${ledgerMoved}" }`,
    "DELETE _migration_history WHERE version IN $__surql_squash.gone",
  ];
  return {
    script: texts.map((text) => ({ text, origin: { ledger: "squash" } })),
    bindings: {
      __surql_squash: {
        version,
        description,
        checksum,
        time: isTimed ? times.reduce<number>((sum, time) => sum + (time ?? 0), 0) : undefined,
        tool: toolVersion,
        script: JSON.stringify(script),
        gone: rows.map((row) => row.version).filter((one) => one !== version),
      },
    },
  };
}
