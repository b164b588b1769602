/** A migration as it would be applied. */
export interface PlannedApply {
  readonly version: string;
  readonly description: string;
  readonly statements: readonly string[];
  /** How many transactions it takes. */
  readonly transactions: number;
  /** Why it takes more than one. */
  readonly notes: readonly string[];
}
