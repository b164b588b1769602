import { SurqlError } from "@surql/errors";

type Meta = Readonly<Record<string, unknown>>;

/** What is known about the effect of a call whose answer never came. */
export type Outcome = "not_sent" | "unknown";

const readHistoryAgain = "Look at what the database holds before you run it again.";

/** The configuration lacks something or contradicts itself. */
export function badConfig(problem: string, nextAction: string): SurqlError {
  return new SurqlError({
    code: "CONNECTION.BAD_CONFIG",
    category: "usage",
    message: problem,
    nextActions: [nextAction],
  });
}

/** The text is no URL of a database. */
export function badUrl(shown: string, why: string): SurqlError {
  return new SurqlError({
    code: "CONNECTION.BAD_URL",
    category: "usage",
    message: `"${shown}" is not the URL of a database.`,
    why,
    nextActions: ["Write it like ws://localhost:8000, mem:// or surrealkv://path/to/store."],
    meta: { url: shown },
  });
}

/** The scheme of the URL names no engine. */
export function unknownScheme(scheme: string): SurqlError {
  return new SurqlError({
    code: "CONNECTION.UNKNOWN_SCHEME",
    category: "usage",
    message: `There is no engine for "${scheme}://".`,
    nextActions: ["Use one of ws, wss, http, https, mem, surrealkv, rocksdb."],
    meta: { scheme },
  });
}

/** The embedded engine is not installed, or not for this platform. */
export function engineMissing(cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.ENGINE_MISSING",
    category: "usage",
    message: "The embedded engine could not be loaded.",
    why: "mem, surrealkv and rocksdb URLs and rehearsals run in @surrealdb/node, which is installed separately.",
    nextActions: ["npm install @surrealdb/node", "Or connect to a server."],
    cause,
  });
}

/** Another process has the store open. */
export function storeLocked(url: string, reason: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.STORE_LOCKED",
    category: "locked",
    message: `${url} is open in another process.`,
    why: "A file store belongs to one process at a time.",
    nextActions: ["End the process that uses the store, then try again."],
    meta: { url, reason },
    cause,
  });
}

/** The store's files cannot be read or written. */
export function storeUnusable(url: string, reason: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.STORE_UNUSABLE",
    category: "failure",
    message: `${url} could not be opened.`,
    why: reason,
    nextActions: [
      "Check the path, its permissions and that the folder holds a store of this kind.",
    ],
    meta: { url, reason },
    cause,
  });
}

/** Nobody answers there, or not as SurrealDB does. */
export function unreachable(url: string, reason: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.UNREACHABLE",
    category: "failure",
    message: `There is no SurrealDB to be reached at ${url}.`,
    why: reason,
    nextActions: ["Check the URL, and that the server is running."],
    meta: { url, reason },
    cause,
  });
}

/** The server is of a version that the client does not speak to. */
export function unsupportedVersion(url: string, reason: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.UNSUPPORTED_VERSION",
    category: "failure",
    message: `The server at ${url} is of a version that is not supported.`,
    why: reason,
    nextActions: ["Use a server from 2.1 up to, but not including, 4.0."],
    meta: { url, reason },
    cause,
  });
}

/** The user name, password, token or level was not accepted. */
export function signinFailed(url: string, reason: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONNECTION.SIGNIN_FAILED",
    category: "failure",
    message: `${url} did not accept the credentials.`,
    why: reason,
    nextActions: [
      "Check the user name and password, or the token and whether it has expired.",
      "Check the level at which the user is defined: root, namespace or database.",
    ],
    meta: { url, reason },
    cause,
  });
}

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
