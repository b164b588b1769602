import { SurqlError } from "@surql/errors";

/** The scheme of the URL names no engine that we know. */
export function unknownScheme(scheme: string): SurqlError {
  return new SurqlError({
    code: "CONNECTION.UNKNOWN_SCHEME",
    category: "usage",
    message: `"${scheme}" is not a scheme that surql can connect to.`,
    nextActions: ["Use one of ws, wss, http, https, mem, surrealkv, rocksdb."],
    meta: { scheme },
  });
}

/** The embedded engine is not installed. */
export function engineMissing(cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.ENGINE_MISSING",
    category: "usage",
    message: "The embedded engine is not installed.",
    nextActions: ["Install it beside surql: npm install @surrealdb/node"],
    cause,
  });
}

/** A statement failed. */
export function queryFailed(
  reason: string,
  meta: Readonly<Record<string, unknown>>,
  cause: unknown,
): SurqlError {
  return new SurqlError({
    code: "CONNECTION.QUERY_FAILED",
    category: "failure",
    message: `The database refused a statement: ${reason}`,
    nextActions: ["Read the reason, correct the statement and run it again."],
    meta: { ...meta, reason },
    cause,
  });
}
