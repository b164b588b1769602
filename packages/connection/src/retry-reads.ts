import type { Database } from "./database.ts";
import { retry } from "./retry.ts";
import type { RetryOptions } from "./retry.ts";

/**
 * A database to read from, which asks again when the connection was lost meanwhile.
 *
 * @example
 * ```ts
 * const applied = await getAppliedMigrations(retryReads(db));
 * ```
 */
export function retryReads(db: Database, options?: RetryOptions): Pick<Database, "query"> {
  return { query: (sql, bindings) => retry(() => db.query(sql, bindings), options) };
}
