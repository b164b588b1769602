import type { PlacedFinding } from "../collect-findings.ts";
import type { SchemaRehearsal, RehearsedFailure } from "./schema-rehearsal.ts";

/** How to tell of a failure. */
export interface FailureWording {
  readonly ground: SchemaRehearsal["ground"];
  /** The command that tries the plan on the database itself. */
  readonly decide?: string | undefined;
}

/** A statement that failed when the plan was tried, as a finding. */
export function failureFinding(
  { step, statement, reason, lacksRecords }: RehearsedFailure,
  { ground, decide }: FailureWording,
): PlacedFinding {
  const where = `The statement in line ${statement.line} of migration ${step.migration}`;
  const tried =
    ground === "scratch"
      ? "when the plan was run in a scratch engine"
      : "when the plan was tried in a cancelled transaction";
  const excuse = lacksRecords
    ? ` It may depend on records, and the scratch engine holds a sample of them: only a rehearsal on the database itself decides whether it fails there.`
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
