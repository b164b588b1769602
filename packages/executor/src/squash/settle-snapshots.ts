import type { BoundScript } from "@surql/connection";
import type { AppliedMigration } from "@surql/history";
import type { SnapshotSummary } from "@surql/snapshot";

/**
 * The statements that make stored snapshots fit a ledger that has become shorter: a snapshot says with how many migrations applied it was taken. Pure.
 *
 * @param ledger As it was, in the order of applying.
 * @param gone The versions that are no longer in it.
 * @param pruned Whether the snapshots of these are deleted.
 */
export function settleSnapshots(
  stored: readonly SnapshotSummary[],
  ledger: readonly AppliedMigration[],
  gone: readonly string[],
  pruned: boolean,
): BoundScript {
  const before = ledger.map(({ version }) => version);
  const after = before.filter((version) => !gone.includes(version));
  const counts = stored.flatMap(({ version, migrations }) => {
    const isOfItsMoment = migrations === before.indexOf(version) + 1;
    const count = after.indexOf(version) + 1;
    return isOfItsMoment && count > 0 && count !== migrations ? [{ version, count }] : [];
  });
  const texts = [
    "FOR $one IN $__surql_counts { UPDATE _schema_snapshot SET migration_count = $one.count WHERE version = $one.version }",
    ...(pruned ? ["DELETE _schema_snapshot WHERE version IN $__surql_gone"] : []),
  ];
  return {
    script: texts.map((text) => ({ text, origin: { ledger: "squash" } })),
    bindings: { __surql_counts: counts, __surql_gone: gone },
  };
}
