import type { RestoredSchema, RollbackPlan, SchemaRestore } from "surql/executor";

/** What `restore-schema` says. */
export interface SchemaRestoreDocument {
  /** Whose schema it is. */
  readonly version: string;
  /** The version that the ledger is at; it stays there. */
  readonly current: string;
  readonly source: SchemaRestore["target"]["source"];
  /** Whether it was done; `false` before. */
  readonly success: boolean;
  /** Whether nothing was to be done. */
  readonly identical: boolean;
  readonly statements: SchemaRestore["statements"];
  readonly gaps: SchemaRestore["gaps"];
  /** What stays as it is by a rule of the configuration: from what is recorded to the database. */
  readonly ignored: SchemaRestore["ignored"];
  /** What differs all the same; after it was done. */
  readonly remaining?: RestoredSchema["remaining"] | undefined;
  readonly overallSafety: RollbackPlan["overallSafety"];
  readonly requiresApproval: boolean;
  readonly issues: RollbackPlan["issues"];
  readonly preserve?: RollbackPlan["preserve"];
  readonly transactions: number;
  readonly notes: readonly string[];
}

/** Makes the document of a restore, without secrets. @param done What came of it; left out before. */
export async function schemaRestoreDocument(
  { target, current, statements, gaps, ignored, plan }: SchemaRestore,
  done?: RestoredSchema,
): Promise<SchemaRestoreDocument> {
  const { redactSecrets } = await import("surql/surrealql");
  const { version, source } = target;
  return {
    version,
    current,
    source,
    success: done !== undefined,
    identical: statements.length === 0 && gaps.length === 0,
    statements: statements.map((one) => ({ ...one, text: redactSecrets(one.text) })),
    gaps,
    ignored,
    ...(done !== undefined && { remaining: done.remaining }),
    overallSafety: plan.overallSafety,
    requiresApproval: plan.requiresApproval,
    issues: plan.issues,
    ...(plan.preserve !== undefined && { preserve: plan.preserve }),
    transactions: plan.transactions.length,
    notes: [...plan.notes, ...ledgerNotes(version, current)],
  };
}

/** The ledger says what is applied, and nobody but a migration changes that. */
function ledgerNotes(version: string, current: string): readonly string[] {
  if (version === current) return [];
  return [
    `The ledger stays at ${current}: surql migrate status goes on to show that as applied, and surql migrate verify tells what differs from it.`,
  ];
}
