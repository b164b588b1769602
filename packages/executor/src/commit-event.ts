import { randomUUID } from "node:crypto";
import type { Database } from "@surql/connection";
import { holdLock, recordEvent, type MigrationEvent } from "@surql/history";
import { commitOnce } from "./commit-once.ts";
import type { RunOptions } from "./options.ts";
import { retryOptions } from "./retry-options.ts";
import type { HeldLock } from "./with-lock.ts";

/**
 * Commits an event under the lock, with what it records.
 *
 * @param texts Statements that run before it, in its transaction; none for an event that changes nothing else.
 */
export async function commitEvent(
  db: Database,
  lease: HeldLock,
  event: Omit<MigrationEvent, "actor" | "toolVersion">,
  options: RunOptions,
  texts: readonly string[] = [],
): Promise<void> {
  const id = randomUUID();
  const held = holdLock(lease);
  const { actor = "surql", toolVersion } = options;
  const { script, bindings } = recordEvent(id, { ...event, actor, toolVersion });
  const commit = async (): Promise<void> => {
    const before = texts.map((text) => ({ text }));
    await db.transact([held.statement, ...before, ...script], { ...held.bindings, ...bindings });
  };
  await commitOnce(db, id, commit, retryOptions(options));
  lease.commits.events.push(id);
}
