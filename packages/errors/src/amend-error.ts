import { SurqlError } from "./surql-error.ts";

/**
 * The same error, now that more is known. What was caught stays as it is.
 *
 * @param more Facts to add to `meta`; those of the same name are replaced.
 * @param why Why it happened; as it was unless given.
 * @example
 * ```ts
 * throw amendError(error, { migration: "20260109_120000", line: 4 });
 * ```
 */
export function amendError(
  error: SurqlError,
  more: Readonly<Record<string, unknown>>,
  why: string | undefined = error.why,
): SurqlError {
  const { code, category, message, nextActions, meta, cause } = error;
  return new SurqlError({
    code,
    category,
    message,
    why,
    nextActions,
    meta: { ...meta, ...more },
    cause,
  });
}
