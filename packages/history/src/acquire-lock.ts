import { setTimeout as delay } from "node:timers/promises";
import { retry, type Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { releaseLock, type Lease, type LeaseRequest } from "./lock.ts";
import { fenceRow, lockRow, type Lock } from "./lock-row.ts";
import { findLock, readLock } from "./read-lock.ts";
import { selectFrom } from "./tables.ts";

/** The outcome of asking for the lock. */
export type LeaseAnswer =
  | { readonly acquired: true; readonly lease: Lease }
  | { readonly acquired: false; readonly holder: Lock | undefined };

const lockHeld = "surql: the lock is held";

/** Milliseconds before the lock is read back. Measured: with 5 no two of 600 races had both winners. */
const settleMs = 5;

/** Takes the lock unless it is held, and shuts everybody else's transactions out. Token and fence never count down. */
const script = [
  `LET $__surql_lock = (SELECT * FROM ONLY ${lockRow})`,
  `LET $__surql_lock_fence = (SELECT * FROM ONLY ${fenceRow})`,
  "IF $__surql_lock != NONE AND $__surql_lock.expires_at > time::now() " +
    `AND $__surql_lock.runner != $__surql_lock_runner { THROW "${lockHeld}" }`,
  "LET $__surql_lock_token = math::max([$__surql_lock.token ?? 0, $__surql_lock_fence.token ?? 0]) + 1",
  `UPSERT ${lockRow} SET owner = $__surql_lock_owner, runner = $__surql_lock_runner, ` +
    "token = $__surql_lock_token, acquired_at = time::now(), " +
    "expires_at = time::now() + <duration>$__surql_lock_ttl RETURN NONE",
  `UPSERT ${fenceRow} SET runner = $__surql_lock_runner, token = $__surql_lock_token RETURN NONE`,
].map((text) => ({ text }));

/**
 * Takes the lock of a database, if it is free or has expired. Needs {@link ensureLedger} before.
 *
 * The stores surrealkv and, rarely, mem let two transactions write the same row (docs/engine.md); so the lock
 * is read back after a moment, and only the runner that is found there holds it.
 *
 * @returns The lease, or who holds the lock; `undefined` for a holder that was gone before it could be read.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * const answer = await acquireLock(db, { owner: "ada@laptop", runner: randomUUID(), ttlMs: 60_000 });
 * if (answer.acquired) await releaseLock(db, answer.lease);
 * ```
 */
export async function acquireLock(db: Database, request: LeaseRequest): Promise<LeaseAnswer> {
  try {
    // A try whose answer was lost may have taken the lock: the next one takes it over from itself.
    await retry(() =>
      db.transact(script, {
        __surql_lock_owner: request.owner,
        __surql_lock_runner: request.runner,
        __surql_lock_ttl: `${request.ttlMs}ms`,
      }),
    );
  } catch (error) {
    if (!isContention(error)) throw error;
    return { acquired: false, holder: await readLock(db) };
  }
  await delay(settleMs);
  return retry(() => readBack(db, request));
}

/** Both rows have to be ours. Where only the lock is, a transaction that should have failed wrote the fence. */
async function readBack(db: Database, request: LeaseRequest): Promise<LeaseAnswer> {
  const found = await findLock(db);
  if (found?.runner !== request.runner) return { acquired: false, holder: await readLock(db) };
  const lease = { ...request, token: found.token };
  const [fence] = await selectFrom(
    db,
    `SELECT VALUE token FROM ${fenceRow} WHERE runner = $runner AND token = $fence`,
    { runner: request.runner, fence: found.token },
  );
  if (fence !== undefined) return { acquired: true, lease };
  await releaseLock(db, lease);
  return { acquired: false, holder: undefined };
}

function isContention(error: unknown): boolean {
  if (!isSurqlError(error)) return false;
  return error.code === "CONNECTION.CONFLICT" || String(error.meta["reason"]).includes(lockHeld);
}
