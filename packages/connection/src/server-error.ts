import { isSurqlError } from "@surql/errors";
import type { SurqlError } from "@surql/errors";
import {
  CallTerminatedError,
  ConnectionUnavailableError,
  HttpConnectionError,
  NotAllowedError,
  QueryError,
  ServerError,
} from "surrealdb";
import {
  conflict,
  invalidStatement,
  lost,
  notPermitted,
  outcomeUnknown,
  queryFailed,
} from "./errors/calling.ts";
import { signinFailed } from "./errors/connecting.ts";
import { reasonOf } from "./reason.ts";
import { redactError } from "./redact.ts";
import type { Redact } from "./redact.ts";
import type { Position, StatementMeta } from "./script-text.ts";

/** What is known about the call that failed. */
export interface CallContext {
  /** The connection's address as it may be printed. */
  readonly url: string;
  readonly redact: Redact;
  /** Facts about the statement to blame, for the error's `meta`. */
  readonly meta?: StatementMeta | undefined;
  /** Finds the statement at a position of the text that was sent. */
  readonly locate?: ((position: Position) => StatementMeta) | undefined;
}

/** Turns whatever a call rejected with, or a statement answered with, into ours. The only place that does. */
export function serverError(error: unknown, context: CallContext): SurqlError {
  if (isSurqlError(error)) return error;
  return error instanceof ServerError ? answered(error, context) : unanswered(error, context);
}

/** The server said what is wrong. */
function answered(error: ServerError, { url, redact, meta, locate }: CallContext): SurqlError {
  const reason = redact(error.message);
  const cause = redactError(error, redact);
  if (isConflict(error)) return conflict(reason, cause);
  // The socket was dropped and made again in between, and the server cancelled what was open on it.
  if (error.message === "Transaction not found") return lost(url, "not_sent", reason, cause);
  const position = parseErrorPosition(error.message);
  if (position !== undefined) {
    return invalidStatement(reason, shown({ ...meta, ...locate?.(position) }, redact), cause);
  }
  if (error instanceof NotAllowedError && isStaleSignIn(error))
    return signinFailed(url, reason, cause);
  if (error instanceof NotAllowedError || error.message.startsWith("IAM error")) {
    return notPermitted("run this statement", { ...shown(meta, redact), reason }, cause);
  }
  return queryFailed(reason, shown(meta, redact), cause);
}

/** The client, or what lies between it and the server, failed. */
function unanswered(error: unknown, { url, redact }: CallContext): SurqlError {
  const reason = redact(reasonOf(error));
  const cause = redactError(error, redact);
  if (error instanceof HttpConnectionError && error.status < 500) {
    return error.status === 401 ? signinFailed(url, reason, cause) : queryFailed(reason, {}, cause);
  }
  if (error instanceof ConnectionUnavailableError || wasRefused(error)) {
    return lost(url, "not_sent", reason, cause);
  }
  if (isBrokenConnection(error)) return lost(url, "unknown", reason, cause);
  // Such as a result that the engine cannot encode: it says so after the commit.
  return outcomeUnknown(reason, cause);
}

function shown(meta: StatementMeta = {}, redact: Redact): StatementMeta {
  const { statement } = meta;
  return typeof statement === "string" ? { ...meta, statement: redact(statement) } : meta;
}

function isConflict(error: ServerError): boolean {
  return (
    error.message.includes("This transaction can be retried") ||
    (error instanceof QueryError && error.isTransactionConflict)
  );
}

function isStaleSignIn(error: NotAllowedError): boolean {
  return error.isTokenExpired || error.isInvalidAuth || error.message.includes("has expired");
}

/** `fetch` rejects with a TypeError, whose cause is what the socket said; an aborted one with an AbortError. */
function isBrokenConnection(error: unknown): boolean {
  return (
    error instanceof CallTerminatedError ||
    error instanceof HttpConnectionError ||
    (error instanceof TypeError && /^(fetch failed|terminated)$/.test(error.message)) ||
    (error instanceof Error && error.name === "AbortError")
  );
}

function wasRefused(error: unknown): boolean {
  return error instanceof TypeError && /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(reasonOf(error));
}

/** `Parse error: Unexpected token …\n --> [line:column]`; the column counts code points. */
function parseErrorPosition(message: string): Position | undefined {
  const found = /Parse error: [^]*?\n\s*--> \[(\d+):(\d+)\]/.exec(message);
  return found === null ? undefined : { line: Number(found[1]), column: Number(found[2]) };
}
