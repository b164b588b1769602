import { randomUUID } from "node:crypto";
import type { Database } from "@surql/connection";
import { holdLock, recordEvent, type MigrationEvent } from "@surql/history";
import { commitOnce } from "./commit-once.ts";
import type { RunOptions } from "./options.ts";
import { retryOptions } from "./retry-options.ts";
import type { HeldLock } from "./with-lock.ts";

/** Commits an event that changes nothing else, under the lock. */
export async function commitEvent(
  db: Database,
  lease: HeldLock,
  event: Omit<MigrationEvent, "actor" | "toolVersion">,
  options: RunOptions,
): Promise<void> {
  const id = randomUUID();
  const held = holdLock(lease);
  const { actor = "surql", toolVersion } = options;
  const { script, bindings } = recordEvent(id, { ...event, actor, toolVersion });
  const commit = async (): Promise<void> => {
    await db.transact([held.statement, ...script], { ...held.bindings, ...bindings });
  };
  await commitOnce(db, id, commit, retryOptions(options));
  lease.commits.events.push(id);
}
