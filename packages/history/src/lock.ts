import { retry, type Bindings, type Database, type ScriptStatement } from "@surql/connection";
import { fenceRow, lockRow, type Lock } from "./lock-row.ts";
import { readLock } from "./read-lock.ts";

/** A lock that this runner holds. */
export interface Lease extends LeaseRequest {
  readonly token: number;
}

/** Who wants the lock, and for how long at a time. */
export interface LeaseRequest {
  readonly owner: string;
  /** Tells this runner from every other, those of the same owner too. */
  readonly runner: string;
  /** Milliseconds until it expires unless renewed: see {@link renewLock}. */
  readonly ttlMs: number;
}

/**
 * What a transaction throws, in the database, when its runner no longer holds the lock.
 *
 * @example
 * ```ts
 * if (serverReason(error).includes(lockLost)) console.error("Somebody else has taken the lock.");
 * ```
 */
export const lockLost = "surql: the lock was lost";

/**
 * The statement that ties a transaction to a lease: it throws {@link lockLost} in the database when somebody else
 * has taken the lock.
 *
 * It writes the fence, because reading it would protect nothing: only two writers conflict at commit
 * (docs/engine.md). Whoever takes or breaks the lock writes the fence too, so one of both fails. The row of the lock
 * itself is only read: it is renewed while the transaction runs, and that must not end it.
 *
 * @example
 * ```ts
 * const { statement, bindings } = holdLock(lease);
 * await db.transact([statement, ...statements], bindings);
 * ```
 */
export function holdLock(lease: Lease): {
  readonly statement: ScriptStatement;
  readonly bindings: Bindings;
} {
  const mine = "runner = $__surql_lock_runner AND token = $__surql_lock_token";
  return {
    statement: {
      text:
        `IF array::len((UPDATE ${fenceRow} SET transactions += 1 WHERE ${mine} RETURN VALUE token)) = 0 ` +
        `OR array::len((SELECT VALUE token FROM ${lockRow} WHERE ${mine})) = 0 { THROW "${lockLost}" }`,
      origin: { lock: "hold" },
    },
    bindings: { __surql_lock_runner: lease.runner, __surql_lock_token: lease.token },
  };
}

/**
 * Puts the end of a lease off to a whole `ttlMs` from now, by the database's clock. A lease that has expired is
 * renewed too, if nobody has taken the lock.
 *
 * @returns Whether it is still this lease's lock.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * if (!(await renewLock(db, lease))) stop();
 * ```
 */
export async function renewLock(db: Pick<Database, "query">, lease: Lease): Promise<boolean> {
  const [rows] = await db.query(
    `UPDATE ${lockRow} SET expires_at = time::now() + <duration>$ttl ` +
      "WHERE runner = $runner AND token = $fence RETURN VALUE token",
    { runner: lease.runner, fence: lease.token, ttl: `${lease.ttlMs}ms` },
  );
  return Array.isArray(rows) && rows.length > 0;
}

/**
 * Gives the lock back. Does nothing when it is no longer this lease's. A transaction of the holder that is still
 * under way cannot commit any more.
 *
 * @throws `CONNECTION.*` when the database cannot be asked; then the lock expires by itself.
 * @example
 * ```ts
 * try { await work(); }
 * finally { await releaseLock(db, lease); }
 * ```
 */
export async function releaseLock(db: Database, lease: Lease): Promise<void> {
  await leave(db, lease, "transactions += 1");
}

/**
 * Takes the lock away from whoever holds it. Their next transaction fails, and changes nothing.
 *
 * @param lock The lock to break, as it was read; the one that is held unless given.
 * @returns The lock that was broken; `undefined` when there was none, or another one than was given.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * const lock = await readLock(db);
 * if (lock !== undefined && (await confirmed(lock.owner))) await breakLock(db, lock);
 * ```
 */
export async function breakLock(db: Database, lock?: Lock): Promise<Lock | undefined> {
  const broken = lock ?? (await readLock(db));
  if (broken === undefined) return undefined;
  return (await leave(db, broken, "token += 1, runner = NONE")) ? broken : undefined;
}

/** Deletes the row of a lock and writes the fence, so that whoever held it cannot commit. */
async function leave(
  db: Database,
  { runner, token }: Pick<Lock, "runner" | "token">,
  fence: string,
): Promise<boolean> {
  const gone = "$__surql_lock_gone";
  const script = [
    `LET ${gone} = (DELETE ${lockRow} WHERE runner = $__surql_lock_runner AND token = $__surql_lock_token RETURN BEFORE)`,
    `IF array::len(${gone}) > 0 { UPDATE ${fenceRow} SET ${fence} RETURN NONE }`,
    `SELECT VALUE token FROM ${gone}`,
  ].map((text) => ({ text }));
  const bindings = { __surql_lock_runner: runner, __surql_lock_token: token };
  const rows = (await retry(() => db.transact(script, bindings))).at(-1);
  return Array.isArray(rows) && rows.length > 0;
}
