import { amendError, SurqlError } from "@surql/errors";

type Meta = Readonly<Record<string, unknown>>;

/** What is known about the effect of a call whose answer never came. */
export type Outcome = "not_sent" | "unknown";

const readHistoryAgain = "Look at what the database holds before you run it again.";

/** The user may not do this. */
export function notPermitted(what: string, meta: Meta, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.NOT_PERMITTED",
    category: "failure",
    message: `The user may not ${what}.`,
    nextActions: ["Sign in as an OWNER or EDITOR of the database, or have the right granted."],
    meta,
    cause,
  });
}

/** Something took longer than it was given. */
export function timedOut(what: string, ms: number, outcome: Outcome): SurqlError {
  return new SurqlError({
    code: "CONNECTION.TIMEOUT",
    category: "failure",
    message: `${what} did not end within ${ms} ms.`,
    why: outcome === "unknown" ? "The server may still be working on it." : undefined,
    nextActions:
      outcome === "unknown" ? [readHistoryAgain] : ["Give it more time, or look at the server."],
    meta: { timeoutMs: ms, outcome },
  });
}

/** The connection is closed, and the client has stopped trying to make it again. */
export function gone(url: string): SurqlError {
  return amendError(lost(url, "not_sent", "The connection is closed.", undefined), { final: true });
}

/** The connection broke. */
export function lost(url: string, outcome: Outcome, reason: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.LOST",
    category: "failure",
    message: `The connection to ${url} was lost.`,
    why:
      outcome === "unknown"
        ? "It broke before the answer came: whether the call took effect is not known."
        : "The call was not sent.",
    nextActions: outcome === "unknown" ? [readHistoryAgain] : ["Connect again."],
    meta: { url, outcome, reason },
    cause,
  });
}

/** The database was closed by its owner. */
export function closed(url: string): SurqlError {
  return new SurqlError({
    code: "CONNECTION.CLOSED",
    category: "usage",
    message: `The connection to ${url} has been closed.`,
    nextActions: ["Finish the work before close() is called, or connect again."],
    meta: { url },
  });
}

/** The answer could not be understood: the work may be done. */
export function outcomeUnknown(reason: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.OUTCOME_UNKNOWN",
    category: "failure",
    message: "The answer of the database could not be read.",
    why: `${reason}. The call may have taken effect nevertheless.`,
    nextActions: [readHistoryAgain],
    meta: { reason },
    cause,
  });
}

/** A statement failed. */
export function queryFailed(reason: string, meta: Meta, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.QUERY_FAILED",
    category: "failure",
    message: `A statement failed: ${reason}`,
    nextActions: ["Correct the statement, or the data that it meets, and run it again."],
    meta: { ...meta, reason },
    cause,
  });
}

/** A statement is not SurrealQL. Nothing was run. */
export function invalidStatement(reason: string, meta: Meta, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.INVALID_STATEMENT",
    category: "usage",
    message: `A statement does not parse: ${reason.split("\n", 1)[0]?.replace(/^Parse error: /, "")}`,
    why: "The database refused the text as a whole; nothing was run.",
    nextActions: ["Correct the statement at the position given."],
    meta: { ...meta, reason },
    cause,
  });
}

/** Another transaction wrote the same records first. Nothing was kept. */
export function conflict(reason: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.CONFLICT",
    category: "failure",
    message: "Another transaction changed the same records, so this one was undone.",
    nextActions: ["Run it again."],
    meta: { reason },
    cause,
  });
}

/** This connection cannot hold a transaction open. */
export function transactionsUnsupported(url: string): SurqlError {
  return new SurqlError({
    code: "CONNECTION.TRANSACTIONS_UNSUPPORTED",
    category: "usage",
    message: `The connection to ${url} cannot hold a transaction open.`,
    why: "Interactive transactions need SurrealDB 3 over a WebSocket or embedded.",
    nextActions: ["Connect with ws:// or wss:// in place of http:// or https://."],
    meta: { url },
  });
}

/** A transaction was used after it had ended. */
export function transactionOver(): SurqlError {
  return new SurqlError({
    code: "CONNECTION.TRANSACTION_OVER",
    category: "usage",
    message: "The transaction has ended.",
    nextActions: ["Await every call inside the function that was given to transaction()."],
  });
}
