import type { SchemaChange } from "@surql/snapshot";

/**
 * What came of running a migration up, down and up again.
 *
 * - `exact`: down gives the schema and every record as they were, and up again what it gave the first time.
 * - `lossless_with_preserve`: the same as far as a rollback with `--preserve` keeps what down takes, and
 *   `up --restore ours` brings it back.
 * - `loses`: something of the records does not come back.
 * - `fails`: a script fails, or down does not give the schema as it was.
 * - `irreversible`: there is no down script, or the migration says that it cannot be undone.
 */
export type Verdict = "exact" | "lossless_with_preserve" | "loses" | "fails" | "irreversible";

/** All verdicts, from the best to the worst. */
export const verdicts: readonly Verdict[] = [
  "exact",
  "lossless_with_preserve",
  "loses",
  "irreversible",
  "fails",
];

/** A run of a script of a migration. */
export type Stage = "up" | "down" | "up again";

/** Records that are not as they were. */
export interface RecordChange {
  /** After `down`: against the records before the migration. After `up again`: against those after the first up. */
  readonly stage: "down" | "up again";
  readonly table: string;
  /** The field as the engine writes it: `bio`, `address.city`; left out where whole records are concerned. */
  readonly field?: string | undefined;
  /** `added` is what was not there before. */
  readonly change: "lost" | "changed" | "added";
  readonly records: number;
  /** The script that did it: what up itself took, and down does not bring back, is a loss of up. */
  readonly by: "up" | "down";
}

/** Why a migration could not be run through. */
export interface ProofFailure {
  /** Left out where nothing was run. */
  readonly stage?: Stage | undefined;
  /** The engine's own words; secrets taken out. */
  readonly reason: string;
  readonly statement?: string | undefined;
  /** Position among the migration's statements, from 0. */
  readonly statementIndex?: number | undefined;
  /** Line in the migration's file, from 1. */
  readonly line?: number | undefined;
  /** Set where the up script runs as long as its tables are empty: it depends on what the records hold. */
  readonly runsOnEmptyTables?: true | undefined;
}

/** A table that no record could be made for. */
export interface UnfilledTable {
  readonly table: string;
  /** What the engine said to the last try. */
  readonly reason: string;
}

/** The proof of one migration. A plain value. */
export interface MigrationProof {
  readonly version: string;
  readonly description: string;
  /** Checksum of the file: what was proved of it holds for no other. */
  readonly checksum: string;
  readonly verdict: Verdict;
  /** How many records there were before the migration. */
  readonly records: number;
  /** What of them is not as it was. Of `lossless_with_preserve` too: so it is without `--preserve`. */
  readonly changes: readonly RecordChange[];
  /** What of the schema is not as it was. */
  readonly schema: readonly SchemaDeviation[];
  readonly failure?: ProofFailure | undefined;
  /** Why a rollback that keeps what it takes could not be carried out. */
  readonly preserveFailed?: string | undefined;
  /** Why it cannot be undone, where its author says so. */
  readonly irreversible?: string | undefined;
  /** Tables that the migration deals with and that were empty, as no record that fits could be made. */
  readonly unfilled: readonly UnfilledTable[];
  /** Milliseconds. */
  readonly durationMs: number;
}

/** An object of the schema that is not as it was. */
export type SchemaDeviation = Pick<SchemaChange, "change" | "kind" | "path"> & {
  readonly stage: "down" | "up again";
};

/** What came of {@link proveMigrations}. */
export interface ProofReport {
  /** What the records were made from: the same seed makes the same ones. */
  readonly seed: number;
  /** Where the records are from. */
  readonly ground: "generated" | "sample";
  /** Version of the engine that it ran in. */
  readonly engineVersion: string;
  /** Parents before children. */
  readonly migrations: readonly MigrationProof[];
  /** Milliseconds. */
  readonly durationMs: number;
}
