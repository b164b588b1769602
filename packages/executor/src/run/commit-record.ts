import { readRefusal } from "./migration-failure.ts";
import { runParts, type PartRecord, type Run } from "./run-parts.ts";

/**
 * Commits what changes no schema, such as kept data that comes back, as a part of its own without statements: under the lock,
 * on the ledger of the run, and with its event.
 *
 * @throws What a guard of ours stopped it with, or the failure as the database gave it. Nothing is written then.
 */
export async function commitRecord(run: Run, record: PartRecord): Promise<void> {
  const part = { statements: [], direction: "up", transactional: true, finishes: [] } as const;
  const failed = await runParts(run, [part], { recordOf: () => record });
  if (failed !== undefined) throw readRefusal(failed.error) ?? failed.error;
}
