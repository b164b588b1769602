import type { Part, PreparedScript } from "../run/lay-out.ts";
import type { PartOutcomes } from "../verification/rehearse-parts.ts";
import type { PlannedTransaction } from "./rollback-plan.ts";

/** What a plan says of its transactions: which statements stand in each, and what it makes of the schema. Pure. */
export function plannedTransactions(
  parts: readonly Part[],
  scripts: readonly PreparedScript[],
  outcomes: PartOutcomes | undefined,
): readonly PlannedTransaction[] {
  const positions = new Map(
    scripts.flatMap(({ statements }) => statements.map((one, index) => [one, index] as const)),
  );
  return parts.map(({ transactional, boundary, statements }, at) => ({
    transactional,
    boundary,
    statements: statements.map((one) => ({
      migration: one.migration,
      index: positions.get(one) ?? 0,
    })),
    ...(outcomes !== undefined && { makes: outcomes[at] }),
  }));
}
