import { randomUUID } from "node:crypto";
import type { BoundScript, Database } from "@surql/connection";
import { holdLock, recordEvent, type MigrationEvent } from "@surql/history";
import { joinScripts } from "./bound-scripts.ts";
import { commitOnce } from "./commit-once.ts";
import type { RunOptions } from "../options.ts";
import { retryOptions } from "./retry-options.ts";
import type { HeldLock } from "./with-lock.ts";

/**
 * Commits an event under the lock, with what it records.
 *
 * @param changes What it records, in its transaction; nothing for an event that changes nothing else. They know its id
 * as `$__surql_event_id`.
 */
export async function commitEvent(
  db: Database,
  lease: HeldLock,
  event: Omit<MigrationEvent, "actor" | "toolVersion">,
  options: RunOptions,
  changes: readonly BoundScript[] = [],
): Promise<void> {
  const id = randomUUID();
  const held = holdLock(lease);
  const { actor = "surql", toolVersion } = options;
  const { script, bindings } = joinScripts([
    { script: [held.statement], bindings: held.bindings },
    ...changes,
    recordEvent(id, { ...event, actor, toolVersion }),
  ]);
  const commit = async (): Promise<void> => void (await db.transact(script, bindings));
  await commitOnce(db, id, commit, retryOptions(options));
  lease.commits.events.push(id);
}
