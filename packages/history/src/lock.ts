import { setTimeout as delay } from "node:timers/promises";
import { isSurqlError } from "@surql/errors";
import type { Bindings, Database, ScriptStatement } from "@surql/connection";
import { lockTable, selectFrom } from "./tables.ts";

/** The one lock of a database, as it is held. */
export interface Lock {
  /** Who holds it, in words for a reader: a user, a host, a process. */
  readonly owner: string;
  /** Tells the runner that holds it from every other. */
  readonly runner: string;
  /** Counts up with each taking; a runner whose number is no longer the newest has lost the lock. */
  readonly token: number;
  /** ISO 8601, by the database's clock. */
  readonly acquiredAt: string;
  /** ISO 8601, by the database's clock. */
  readonly expiresAt: string;
}

/** A lock that this runner holds. */
export interface Lease extends LeaseRequest {
  readonly token: number;
}

/** Who wants the lock, and for how long at a time. */
export interface LeaseRequest {
  readonly owner: string;
  /** Tells this runner from every other, those of the same owner too. */
  readonly runner: string;
  /** Milliseconds until it expires unless renewed; each transaction of the holder renews it. */
  readonly ttlMs: number;
}

/** The outcome of asking for the lock. */
export type LeaseAnswer =
  | { readonly acquired: true; readonly lease: Lease }
  | { readonly acquired: false; readonly holder: Lock | undefined };

/** What a transaction throws, in the database, when its runner no longer holds the lock. */
export const lockLost = "surql: the lock was lost";

const lockHeld = "surql: the lock is held";
const record = `${lockTable}:lock`;

/** Milliseconds before the lock is read back. Measured: with 5 no two of 600 races had both winners. */
const settleMs = 5;

/**
 * Takes the lock of a database, if it is free or has expired. Needs {@link ensureLedger} before.
 *
 * The stores surrealkv and, rarely, mem let two transactions create the same row (docs/engine.md); so the lock
 * is read back after a moment, and only the owner that is found there holds it.
 *
 * @returns The lease, or who holds the lock.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * const answer = await acquireLock(db, { owner: "ada@laptop", runner: randomUUID(), ttlMs: 60_000 });
 * if (answer.acquired) await releaseLock(db, answer.lease);
 * ```
 */
export async function acquireLock(db: Database, request: LeaseRequest): Promise<LeaseAnswer> {
  try {
    await db.transact(
      [
        { text: `LET $__surql_lock = (SELECT * FROM ONLY ${record})` },
        {
          text: `IF $__surql_lock != NONE AND $__surql_lock.expires_at > time::now() { THROW "${lockHeld}" }`,
        },
        {
          text:
            `UPSERT ${record} SET owner = $__surql_owner, runner = $__surql_runner, ` +
            "token = ($__surql_lock.token ?? 0) + 1, " +
            "acquired_at = time::now(), expires_at = time::now() + <duration>$__surql_ttl RETURN NONE",
        },
      ],
      {
        __surql_owner: request.owner,
        __surql_runner: request.runner,
        __surql_ttl: `${request.ttlMs}ms`,
      },
    );
  } catch (error) {
    if (!isContention(error)) throw error;
    return { acquired: false, holder: await readLock(db) };
  }
  await delay(settleMs);
  const holder = await readLock(db);
  if (holder?.runner !== request.runner) return { acquired: false, holder };
  return { acquired: true, lease: { ...request, token: holder.token } };
}

function isContention(error: unknown): boolean {
  if (!isSurqlError(error)) return false;
  return error.code === "CONNECTION.CONFLICT" || String(error.meta["reason"]).includes(lockHeld);
}

/**
 * The statement that ties a transaction to a lease: it renews the lease, and throws {@link lockLost} in the
 * database when somebody else holds the lock. It writes the row, because reading it would protect nothing:
 * only two writers conflict at commit (docs/engine.md).
 */
export function holdLock(lease: Lease): {
  readonly statement: ScriptStatement;
  readonly bindings: Bindings;
} {
  return {
    statement: {
      text:
        `IF array::len((UPDATE ${record} SET expires_at = time::now() + <duration>$__surql_ttl ` +
        "WHERE runner = $__surql_runner AND token = $__surql_token RETURN VALUE token)) = 0 " +
        `{ THROW "${lockLost}" }`,
      origin: { lock: "hold" },
    },
    bindings: {
      __surql_runner: lease.runner,
      __surql_token: lease.token,
      __surql_ttl: `${lease.ttlMs}ms`,
    },
  };
}

/** Gives the lock back. Does nothing when it is no longer this lease's. */
export async function releaseLock(db: Database, lease: Lease): Promise<void> {
  await db.query(`DELETE ${record} WHERE runner = $runner AND token = $fence RETURN NONE`, {
    runner: lease.runner,
    fence: lease.token,
  });
}

/**
 * Says who holds the lock. An expired lock is held by nobody.
 *
 * @returns `undefined` when it is free.
 */
export async function readLock(db: Pick<Database, "query">): Promise<Lock | undefined> {
  const [row] = await selectFrom(
    db,
    `SELECT owner, runner, token, <string>acquired_at AS acquiredAt, <string>expires_at AS expiresAt ` +
      `FROM ${lockTable} WHERE expires_at > time::now()`,
  );
  if (row === undefined) return undefined;
  const lock = row as Lock;
  return {
    owner: lock.owner,
    runner: lock.runner,
    token: lock.token,
    acquiredAt: new Date(lock.acquiredAt).toISOString(),
    expiresAt: new Date(lock.expiresAt).toISOString(),
  };
}

/**
 * Takes the lock away from whoever holds it. Their next transaction fails, and changes nothing.
 *
 * @returns The lock that was broken; `undefined` when it was free.
 */
export async function breakLock(db: Database): Promise<Lock | undefined> {
  const lock = await readLock(db);
  if (lock !== undefined) {
    await db.query(`DELETE ${record} WHERE token = $fence RETURN NONE`, { fence: lock.token });
  }
  return lock;
}
