import type { DatabaseTarget } from "@surql/connection";
import { expectRows } from "@surql/history";
import type { CheckedPlan } from "../plan/check-plan.ts";
import type { Part } from "../run/lay-out.ts";
import type { RollbackPlan } from "../plan/rollback-plan.ts";
import type { Company } from "../run/run-parts.ts";
import { expectationOf } from "./expectation.ts";
import { expectationBehind } from "./expectation-behind.ts";
import { openVerification, verifiedEnd, type VerifiedEnd } from "./verification-script.ts";

/**
 * What says, inside the transaction of each part, that the history and the schema before it are those that the plan was
 * checked against, and that the schema after it is the one that was planned. Pure.
 *
 * The first part meets the sealed schema. Of several, each leaves what was planned of it, and all else as it met it. Where
 * the plan does not tell that, each but the last leaves everything alone that the plan has nothing to do with, and the last
 * one leaves what was planned.
 *
 * @param checked The schema when the plan was checked, and its seal; none on 2.x, where none of it can be asked in a transaction.
 */
export function verifyParts(
  parts: readonly Part[],
  plan: RollbackPlan,
  target: Pick<DatabaseTarget, "engineVersion">,
  checked: Pick<CheckedPlan, "ledger" | "schema" | "seal">,
): (part: Part) => Company | undefined {
  const { ledger, schema, seal } = checked;
  const expected = expectationOf(plan, target.engineVersion, schema);
  const first = parts[0];
  const last = parts.at(-1);
  const isOnly = plan.transactions.length === 1;
  const endOf = (part: Part): VerifiedEnd => {
    const known = expectationBehind(plan, parts, part, target.engineVersion);
    return verifiedEnd(known, expected, { isLast: part === last, isOnly });
  };
  const companies = new Map(
    parts.flatMap((part) => {
      if (!part.transactional) return [];
      const { closing, goneTables } = endOf(part);
      const open =
        seal === undefined
          ? []
          : [openVerification(seal.unreadable, part === first ? seal : undefined, goneTables)];
      const company = {
        opening: [...(part === first ? [expectRows(ledger)] : []), ...open],
        closing: seal === undefined ? [] : closing,
      };
      return [[part, company] as const];
    }),
  );
  return (part) => companies.get(part);
}
