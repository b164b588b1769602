export { notReversible } from "./errors.ts";
export {
  addEvidence,
  evidenceFileName,
  findEvidence,
  type ProofEvidence,
} from "./evidence/evidence.ts";
export { readEvidence, writeEvidence } from "./evidence/evidence-file.ts";
export { allowances, findUnproven, type Allowance } from "./find-unproven.ts";
export {
  verdicts,
  type MigrationProof,
  type ProofFailure,
  type ProofReport,
  type RecordChange,
  type SchemaDeviation,
  type Stage,
  type UnfilledTable,
  type Verdict,
} from "./proof.ts";
export type { ProofEvent } from "./proof-event.ts";
export { proveMigrations, type ProofOptions } from "./prove-migrations.ts";
