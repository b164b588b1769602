import { isSurqlError, serverReason, SurqlError } from "@surql/errors";
import { ledgerMoved } from "@surql/history";
import { compareSchemas, emptySchema, type Schema } from "@surql/snapshot";
import { redactSecrets } from "@surql/surrealql";
import type { RollbackPlan } from "../plan/rollback-plan.ts";
import { addressOf, separator } from "./expectation.ts";
import { notAsPlanned, rowMark, sealBroken } from "./verification-script.ts";

/** An object that is not as it was planned. */
export interface Discrepancy {
  /** `user.bio`. */
  readonly path: string;
  /** The definition that was planned; `null` when there should be none. */
  readonly expected: string | null;
  /** The definition that was found; `null` when there is none. */
  readonly found: string | null;
}

/** Whether a transaction met another schema, or another ledger, than its plan was checked against. */
export function isGroundMoved(error: unknown): boolean {
  const reason = serverReason(error);
  return reason.includes(sealBroken) || reason.includes(ledgerMoved);
}

/**
 * What was not as planned, when an error comes from the verification; `undefined` for any other error. Pure.
 *
 * @param schema The schema before the plan.
 */
export function readDiscrepancies(
  error: unknown,
  { outcome }: Pick<RollbackPlan, "outcome">,
  schema: Schema,
): readonly Discrepancy[] | undefined {
  const reason = serverReason(error);
  const at = reason.indexOf(notAsPlanned);
  if (at === -1) return undefined;
  const expected = new Map<string, { readonly path: string; readonly text: string | null }>();
  for (const { after = null, ...object } of compareSchemas(emptySchema, schema)) {
    expected.set(addressOf(object), { path: object.path, text: after });
  }
  for (const object of outcome?.objects ?? []) {
    expected.set(addressOf(object), { path: object.path, text: object.text });
  }
  const rows = reason.slice(at).split(rowMark).slice(1);
  return rows.map((row) => {
    const [table = "", kind = "", name = "", ...rest] = row.split(separator);
    const text = rest.join(separator);
    const known = expected.get([table, kind, name].join(separator));
    return {
      path: known?.path ?? [table, kind === "definition" ? "" : name].filter(Boolean).join("."),
      expected: clean(known?.text ?? null),
      found: text === "" ? null : clean(text),
    };
  });
}

function clean(text: string | null): string | null {
  return text === null ? null : redactSecrets(text);
}

/**
 * A migration would have made another schema than its rehearsal.
 *
 * @param isPartly Whether earlier transactions of it are committed.
 */
export function applyNotAsRehearsed(
  version: string,
  discrepancies: readonly Discrepancy[],
  isPartly: boolean,
): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.VERIFICATION_FAILED",
    category: isPartly ? "partial" : "state",
    message: `Migration ${version} would have made another schema than in its rehearsal. ${isPartly ? "The transactions before that are committed." : "Nothing of it was committed."}`,
    why: wordsOf(discrepancies),
    nextActions: [
      "Where the migration depends on records, which the rehearsal does not have, accept it: --accept-difference",
      "Where others changed the schema meanwhile, run the same command again.",
    ],
    meta: { target: version, committed: false, discrepancies },
  });
}

/** The schema would not have been, or is not, as it was planned. */
export function verificationFailed(
  target: string,
  discrepancies: readonly Discrepancy[],
  isCommitted: boolean,
): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.VERIFICATION_FAILED",
    category: "state",
    message: isCommitted
      ? "The rollback was committed, and the schema is not as it was planned."
      : "The schema would not have been as it was planned. Nothing was committed.",
    why: wordsOf(discrepancies),
    nextActions: isCommitted
      ? ["Compare: surql migrate compare", "See what was done: surql migrate history"]
      : [
          `Plan again with all records: surql migrate plan-rollback ${target} --rehearse`,
          "Where a statement does another thing each time, correct the migration.",
        ],
    meta: { target, committed: isCommitted, discrepancies },
  });
}

/**
 * The schema behind a part of a rollback is not as it was planned, and an earlier part is committed, or this one: it ended there.
 *
 * @param isCommitted Whether the part is there to stay.
 */
export function partNotAsPlanned(
  target: string,
  discrepancies: readonly Discrepancy[],
  isCommitted: boolean,
): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.VERIFICATION_FAILED",
    category: "partial",
    message: isCommitted
      ? "A part of the rollback was committed, and the schema behind it is not as it was planned: nothing more was run."
      : "The schema would not have been as it was planned behind a later part of the rollback. That was not committed; what ran before it is.",
    why: wordsOf(discrepancies),
    nextActions: [
      "See how far it came: surql migrate status",
      `Plan the rest on the schema as it is: surql migrate plan-rollback ${target}`,
    ],
    meta: { target, committed: isCommitted, discrepancies },
  });
}

/** Whether a run was ended because of what it makes of the schema. */
export function isNotAsPlanned(error: unknown): error is SurqlError {
  return isSurqlError(error) && error.code === "EXECUTOR.VERIFICATION_FAILED";
}

function wordsOf(discrepancies: readonly Discrepancy[]): string {
  return discrepancies
    .map(
      ({ path, expected, found }) =>
        `${path}: expected ${expected ?? "nothing"}, found ${found ?? "nothing"}`,
    )
    .join("\n");
}
