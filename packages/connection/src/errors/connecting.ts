import { SurqlError } from "@surql/errors";

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
    nextActions: [
      "Install it beside surql: npm install @surrealdb/node",
      "Or connect to a server.",
    ],
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
