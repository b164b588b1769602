import type { Statement } from "@surql/surrealql";

/** One migration's script in a plan, in the direction in which it will run. */
export interface PlanStep {
  /** Version of the migration. */
  readonly migration: string;
  /** The statements that will run, in order. */
  readonly statements: readonly Statement[];
  /** The reason why its author declared that it cannot be rolled back. */
  readonly irreversible?: string | undefined;
}
