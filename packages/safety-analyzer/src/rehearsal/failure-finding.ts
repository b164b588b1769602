import type { PlacedFinding } from "../collect-findings.ts";
import type { SchemaRehearsal, RehearsedFailure } from "./schema-rehearsal.ts";

/** How to tell of a failure. */
export interface FailureWording {
  readonly ground: SchemaRehearsal["ground"];
  /** Whether some records were there. */
  readonly hasSample: boolean;
  /** The command that tries the plan on the database itself. */
  readonly decide?: string | undefined;
}

/** A statement that failed when the plan was tried, as a finding. */
export function failureFinding(
  { step, statement, reason, lacksRecords }: RehearsedFailure,
  { ground, hasSample, decide }: FailureWording,
): PlacedFinding {
  const where = `The statement in line ${statement.line} of migration ${step.migration}`;
  const tried =
    ground === "scratch"
      ? "when the plan was run in a scratch engine"
      : "when the plan was tried in a cancelled transaction";
  const records = hasSample ? "only a sample of the records" : "no records";
  const excuse = lacksRecords
    ? ` It deals with records, and the scratch engine holds ${records}: only a rehearsal on the database itself decides whether it fails there.`
    : "";
  const description = `${where} failed ${tried}: ${reason.replace(/[.]?$/, ".")}${excuse}`;
  return {
    step,
    statement,
    evidence: { reading: false, rehearsal: true },
    finding: {
      safety: lacksRecords ? "data_loss" : "unsafe",
      code: "rehearsal_failed",
      object: { kind: "migration", name: step.migration },
      outlivesTable: true,
      tell: () => ({ description, recommendation: decide }),
    },
  };
}
