import { SurqlError } from "@surql/errors";
import type { MigrationProof } from "./proof.ts";

/** A version that is to be proved is not there. */
export function unknownVersion(version: string, known: readonly string[]): SurqlError {
  return new SurqlError({
    code: "PROOF.UNKNOWN_VERSION",
    category: "usage",
    message: `There is no migration ${version} to prove.`,
    nextActions: ["Name one of the versions that `surql migrate graph` shows."],
    meta: { version, known },
  });
}

/** Somebody asked to stop. */
export function interrupted(done: readonly string[], left: readonly string[]): SurqlError {
  return new SurqlError({
    code: "PROOF.INTERRUPTED",
    category: "interrupted",
    message: `The proof was interrupted behind ${done.length} of ${done.length + left.length} migrations.`,
    nextActions: ["Run it again, or name the versions that are left."],
    meta: { done, left },
  });
}

/** Migrations that a proof found fault with. */
export function notReversible(
  found: readonly Pick<MigrationProof, "version" | "verdict">[],
): SurqlError {
  const versions = found.map(({ version }) => version);
  return new SurqlError({
    code: "PROOF.NOT_REVERSIBLE",
    category: "state",
    message: `${versions.length === 1 ? "A migration is" : `${versions.length} migrations are`} not shown to be reversible: ${versions.join(", ")}.`,
    nextActions: [
      "Correct the down script, and run the proof again.",
      "Where it is meant to be so, allow it: `--allow loses`, `--allow irreversible`, `--allow unfilled`.",
    ],
    meta: { migrations: found.map(({ version, verdict }) => ({ version, verdict })) },
  });
}

/** The file of evidence cannot be read. */
export function invalidEvidence(why: string, cause?: unknown): SurqlError {
  return new SurqlError({
    code: "PROOF.INVALID_EVIDENCE",
    category: "usage",
    message: `The recorded proofs in surql.proof.json cannot be read: ${why}.`,
    why: "The file was edited, holds a merge conflict, or was written by a newer surql.",
    nextActions: ["Delete the file, and record it again: `surql migrate test --record`."],
    cause,
  });
}
