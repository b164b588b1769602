import { isSurqlError } from "./surql-error.ts";

/**
 * What the database said when something failed: `meta.reason`, secrets taken out; the message of an error that holds none.
 *
 * @param error Anything that was caught.
 * @example
 * ```ts
 * try { await db.query("DEFINE TABLE user"); }
 * catch (error) { console.error(serverReason(error)); } // The table 'user' already exists
 * ```
 */
export function serverReason(error: unknown): string {
  const reason = isSurqlError(error) ? error.meta["reason"] : undefined;
  if (typeof reason === "string") return reason;
  return error instanceof Error ? error.message : String(error);
}
