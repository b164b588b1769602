import type { RollbackPlan } from "../plan/rollback-plan.ts";
import { addressOf, expectationOf } from "./expectation.ts";

/** How many objects a note names. */
const named = 5;

/** Says what of a plan cannot be verified before it is committed. Pure. */
export function verificationNotes(
  plan: Pick<RollbackPlan, "outcome" | "migrations" | "ground" | "transactions" | "engineVersion">,
): readonly string[] {
  const { outcome, transactions, engineVersion } = plan;
  if (transactions.length === 0) return [];
  const expected = expectationOf(plan, engineVersion);
  if (outcome === undefined || expected === undefined) {
    return ["What it makes of the schema is not verified before the commit: it was not rehearsed."];
  }
  const isOld = engineVersion.startsWith("2.");
  const present = new Set(expected.present);
  const loose = outcome.objects.filter((object) => present.has(addressOf(object)));
  const unknown = outcome.unknown.map(({ path }) => path);
  return [
    ...(isOld
      ? [
          "The schema is verified after the commit, not before: SurrealDB 2.x cannot be asked in a transaction.",
        ]
      : []),
    ...(!isOld && transactions.some(({ transactional }) => !transactional)
      ? [
          transactions.every(({ makes }) => makes !== undefined)
            ? "Behind what runs without a transaction the schema is verified, but what was done stays."
            : "The schema is verified at the end: a migration runs without a transaction.",
        ]
      : []),
    ...(loose.length > 0
      ? [`Verified to be there, but not in their wording: ${list(loose.map(({ path }) => path))}.`]
      : []),
    ...(unknown.length > 0
      ? [`Not verified, as the rehearsal does not show it: ${list(unknown)}.`]
      : []),
    ...(outcome.isComplete
      ? []
      : [
          "What else changes is not verified: a statement was not rehearsed whose effects cannot be read.",
        ]),
  ];
}

function list(paths: readonly string[]): string {
  const more = paths.length > named ? `, and ${paths.length - named} more` : "";
  return paths.slice(0, named).join(", ") + more;
}
