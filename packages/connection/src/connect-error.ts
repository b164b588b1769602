import { isSurqlError } from "@surql/errors";
import type { SurqlError } from "@surql/errors";
import {
  AuthenticationError,
  HttpConnectionError,
  ServerError,
  UnsupportedVersionError,
} from "surrealdb";
import { signinFailed, unreachable, unsupportedVersion } from "./errors/connecting.ts";
import { reasonOf } from "./reason.ts";
import { redactError } from "./redact.ts";
import type { Redact } from "./redact.ts";

/** Turns what went wrong while connecting into ours. `shown` is the URL as it may be printed. */
export function connectError(error: unknown, shown: string, redact: Redact): SurqlError {
  if (isSurqlError(error)) return error;
  const reason = redact(reasonOf(error));
  const cause = redactError(error, redact);
  if (error instanceof UnsupportedVersionError) return unsupportedVersion(shown, reason, cause);
  // Before a database is selected the client asks for nothing but the version and the sign-in.
  if (error instanceof ServerError || error instanceof AuthenticationError) {
    return signinFailed(shown, reason, cause);
  }
  if (error instanceof HttpConnectionError && error.status === 401) {
    return signinFailed(shown, reason, cause);
  }
  return unreachable(shown, reason, cause);
}
