import type { MigrationProof, ProofReport } from "./proof.ts";

/** What can be let pass: a verdict, and tables that were empty as no record could be made. */
export const allowances = ["loses", "irreversible", "unfilled"] as const;

/** One of {@link allowances}. */
export type Allowance = (typeof allowances)[number];

/**
 * The migrations that are not shown to be reversible without a loss, but for what is allowed. Pure.
 *
 * @example
 * ```ts
 * for (const { version, verdict } of findUnproven(report, ["irreversible"])) console.error(version, verdict);
 * ```
 */
export function findUnproven(
  { migrations }: Pick<ProofReport, "migrations">,
  allowed: readonly Allowance[] = [],
): readonly MigrationProof[] {
  const allows = (one: string): boolean => allowed.some((allowance) => allowance === one);
  return migrations.filter(({ verdict, unfilled }) => {
    const isFine = verdict === "exact" || verdict === "lossless_with_preserve" || allows(verdict);
    return !isFine || (unfilled.length > 0 && !allows("unfilled"));
  });
}
