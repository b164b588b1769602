import type { ErrorCategory } from "./category.ts";

/** What a {@link SurqlError} is made of. `code`, `category` and `message` are required. */
export interface SurqlErrorInit {
  /** Stable identifier, `NAMESPACE.SUBCODE`, listed in `docs/errors.md`. */
  readonly code: string;
  /** What kind of stop this is; programs map it to an exit code. */
  readonly category: ErrorCategory;
  /** What happened, and to what, in one sentence. */
  readonly message: string;
  /** Why it happened, as far as that is known. */
  readonly why?: string | undefined;
  /** What the reader can do next, most useful first. */
  readonly nextActions?: readonly string[] | undefined;
  /** Facts for programs: names, versions, positions. Never a secret. */
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * Every error that a surql package throws.
 *
 * Tell errors apart by `code` and with {@link isSurqlError}, never by `instanceof`:
 * two copies of this package may be installed side by side.
 *
 * @example
 * ```ts
 * throw new SurqlError({
 *   code: "HISTORY.CHECKSUM_MISMATCH",
 *   category: "state",
 *   message: "20260109_120000_add_bio.surql was edited after it was applied.",
 *   nextActions: ["Restore the file as it was applied, and write a new migration for the change."],
 *   meta: { version: "20260109_120000" },
 * });
 * ```
 */
export class SurqlError extends Error {
  override readonly name = "SurqlError";
  readonly code: string;
  readonly category: ErrorCategory;
  readonly why: string | undefined;
  readonly nextActions: readonly string[];
  readonly meta: Readonly<Record<string, unknown>>;

  constructor(init: SurqlErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.category = init.category;
    this.why = init.why;
    this.nextActions = init.nextActions ?? [];
    this.meta = init.meta ?? {};
  }

  /** The JSON form that the command prints under `error`. The cause and the stack stay out of it. */
  toJSON(): {
    code: string;
    message: string;
    why: string | undefined;
    nextActions: readonly string[];
    meta: Readonly<Record<string, unknown>>;
  } {
    return {
      code: this.code,
      message: this.message,
      why: this.why,
      nextActions: this.nextActions,
      meta: this.meta,
    };
  }
}

const codeShape = /^[A-Z][A-Z0-9_]*\.[A-Z][A-Z0-9_]*$/;

/**
 * Says whether a thrown value is a surql error, by its shape.
 *
 * @param value Anything that was caught.
 * @returns `true` when it has a dotted code, a message, next actions and meta.
 * @example
 * ```ts
 * try { await executeRollback(db, plan); }
 * catch (error) { if (isSurqlError(error) && error.code === "EXECUTOR.STALE_PLAN") await planAgain(); }
 * ```
 */
export function isSurqlError(value: unknown): value is SurqlError {
  if (!(value instanceof Error)) return false;
  const candidate = value as Partial<SurqlError>;
  return (
    typeof candidate.code === "string" &&
    codeShape.test(candidate.code) &&
    Array.isArray(candidate.nextActions) &&
    typeof candidate.meta === "object" &&
    candidate.meta !== null
  );
}
