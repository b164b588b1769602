import type { BoundScript } from "@surql/connection";
import {
  checksumMismatch,
  filesMissing,
  recordApplied,
  type AppliedMigration,
  type MigrationEvent,
  type Progress,
} from "@surql/history";
import type { Migration } from "@surql/migration";
import { nextSequence } from "../apply/next-sequence.ts";
import { dropEntry } from "../quarantine/entry-place.ts";
import { scriptToStore } from "../apply/script-to-store.ts";
import type { Repair, RepairDecision } from "./repair.ts";

/** What {@link decide} goes by. */
export interface Circumstances {
  readonly decision?: RepairDecision | undefined;
  readonly migrations?: readonly Migration[] | undefined;
  readonly ledger: readonly AppliedMigration[];
  readonly toolVersion?: string | undefined;
}

/** How a decision is carried out: in one transaction. */
export interface Decided {
  readonly event: Omit<MigrationEvent, "actor">;
  readonly changes: readonly BoundScript[];
}

/**
 * Says how a decision is carried out; `undefined` where it does not concern what is to be repaired. Pure.
 *
 * @throws `HISTORY.FILE_MISSING`, `HISTORY.CHECKSUM_MISMATCH`.
 */
export function decide(repair: Repair, circumstances: Circumstances): Decided | undefined {
  const { decision } = circumstances;
  if (repair.kind === "index" || repair.kind === "restoring") return undefined;
  if (decision === undefined) return undefined;
  const common = { kind: "repair", decision } as const;
  if (repair.kind === "keeping") {
    if (decision !== "abandon") return undefined;
    // The records are still where they were.
    const changes = [{ script: dropEntry(repair.entry).map((text) => ({ text })), bindings: {} }];
    return { event: { ...common, result: "done", versions: [], pruned: [repair.entry] }, changes };
  }
  const { kind, unsettled: _, ...progress } = repair;
  const versions = [progress.version];
  if (decision === "applied" && progress.direction === "up") {
    return {
      event: { ...common, result: "done", versions },
      changes: [rowOf(progress, circumstances)],
    };
  }
  if (decision === "abandon" || decision === "applied") {
    return { event: { ...common, result: "abandoned", versions }, changes: [] };
  }
  if (kind === "migration") return undefined;
  const statementsDone = progress.statementsDone + (decision === "done" ? 1 : 0);
  const settled = { ...progress, statementsDone };
  return { event: { ...common, result: "partial", versions: [], progress: settled }, changes: [] };
}

/** The row of the ledger, as if all of it had been run. */
function rowOf(
  progress: Progress,
  { migrations = [], ledger, toolVersion }: Circumstances,
): BoundScript {
  const { version } = progress;
  const migration = migrations.find((one) => one.version === version);
  if (migration === undefined) throw filesMissing([version]);
  const { checksum, description } = migration;
  if (checksum !== progress.checksum) throw checksumMismatch([version]);
  const { script, bindings } = recordApplied({
    version,
    description,
    checksum,
    sequence: nextSequence(ledger),
    toolVersion,
    script: scriptToStore(migration),
  });
  return { script: [{ text: "LET $__surql_started = time::now()" }, ...script], bindings };
}
