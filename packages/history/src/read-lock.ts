import type { Database } from "@surql/connection";
import { lockRow, type Lock } from "./lock-row.ts";
import { selectFrom } from "./tables.ts";

/** A lock as it was left, expired or not. */
export interface FoundLock extends Lock {
  /** By the database's clock. An expired lock is held by nobody: the next runner takes it over. */
  readonly expired: boolean;
}

/**
 * Says who holds the lock. An expired lock is held by nobody.
 *
 * @returns `undefined` when it is free.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * const lock = await readLock(db);
 * if (lock !== undefined) console.log(`${lock.owner} holds it until ${lock.expiresAt}`);
 * ```
 */
export async function readLock(db: Pick<Database, "query">): Promise<Lock | undefined> {
  const found = await findLock(db);
  if (found === undefined || found.expired) return undefined;
  const { expired: _, ...lock } = found;
  return lock;
}

/**
 * Says whose lock there is, if it has expired too.
 *
 * @returns `undefined` when there is none.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * const lock = await findLock(db);
 * if (lock?.expired) console.log(`${lock.owner} is gone since ${lock.expiresAt}`);
 * ```
 */
export async function findLock(db: Pick<Database, "query">): Promise<FoundLock | undefined> {
  const [row] = await selectFrom(
    db,
    "SELECT owner, runner, token, <string>acquired_at AS acquiredAt, <string>expires_at AS expiresAt, " +
      `expires_at <= time::now() AS expired FROM ${lockRow}`,
  );
  if (row === undefined) return undefined;
  const lock = row as FoundLock;
  return {
    owner: lock.owner,
    runner: lock.runner,
    token: lock.token,
    acquiredAt: new Date(lock.acquiredAt).toISOString(),
    expiresAt: new Date(lock.expiresAt).toISOString(),
    expired: lock.expired,
  };
}
