import type {
  MigrationProof,
  ProofReport,
  RecordChange,
  UnfilledTable,
  Verdict,
} from "../proof.ts";

/** The name of the file beside the migrations that holds what was proved of them. */
export const evidenceFileName = "surql.proof.json";

/** What was proved of one migration, as it is kept. */
export interface ProofEvidence {
  readonly version: string;
  /** Checksum of the file that was proved: of another one this says nothing. */
  readonly checksum: string;
  readonly verdict: Verdict;
  readonly ground: ProofReport["ground"];
  readonly seed: number;
  readonly records: number;
  /** Version of the engine that it ran in. */
  readonly engineVersion: string;
  readonly changes?: readonly RecordChange[] | undefined;
  readonly unfilled?: readonly UnfilledTable[] | undefined;
}

/** A migration as far as its evidence is looked for. */
type Proved = Pick<MigrationProof, "version" | "checksum">;

/**
 * Adds what a report says to what is kept, in the place of what was kept of the same versions, and drops what is of no
 * migration any more or of another state of its file. Pure.
 *
 * @param migrations The migrations as they are now.
 */
export function addEvidence(
  kept: readonly ProofEvidence[],
  report: ProofReport,
  migrations: readonly Proved[],
): readonly ProofEvidence[] {
  const { ground, seed, engineVersion } = report;
  const now = new Map(
    report.migrations.map(({ version, checksum, verdict, records, changes, unfilled }) => [
      version,
      {
        version,
        checksum,
        verdict,
        ground,
        seed,
        records,
        engineVersion,
        ...(changes.length > 0 && { changes }),
        ...(unfilled.length > 0 && { unfilled }),
      },
    ]),
  );
  return migrations
    .flatMap((migration) => now.get(migration.version) ?? findEvidence(kept, migration) ?? [])
    .toSorted((a, b) => (a.version < b.version ? -1 : 1));
}

/**
 * What was proved of a migration; `undefined` when nothing was, or when its file was changed since.
 *
 * @example
 * ```ts
 * const kept = readEvidence(await readFile("migrations/surql.proof.json", "utf8"));
 * findEvidence(kept, migration)?.verdict; // "exact"
 * ```
 */
export function findEvidence(
  kept: readonly ProofEvidence[],
  { version, checksum }: Proved,
): ProofEvidence | undefined {
  return kept.find((one) => one.version === version && one.checksum === checksum);
}
