import type { Database } from "@surql/connection";
import { assumptionsByPart } from "../run/assumption-checks.ts";
import type { CheckedPlan } from "../plan/check-plan.ts";
import { layOut, type Part } from "../run/lay-out.ts";
import { placeOf } from "../run/plan-transactions.ts";
import type { RunOptions } from "../options.ts";
import { readScript } from "../run/read-script.ts";
import { retryOptions } from "../run/retry-options.ts";
import { runKeeping } from "./run-keeping.ts";
import type { PartRecord, PartsFailure, Run } from "../run/run-parts.ts";
import { planBehind } from "../verification/expectation-behind.ts";
import {
  partNotAsPlanned,
  readDiscrepancies,
  verificationFailed,
} from "../verification/verification-failure.ts";
import { verifyPart } from "../verification/verify-outcome.ts";
import { verifyParts } from "../verification/verify-parts.ts";

/** What came of carrying out a plan. */
export interface CarriedOut {
  /** The versions that were rolled back, newest first. */
  readonly rolledBack: readonly string[];
  readonly failure?: PartsFailure | undefined;
  /** Whether every part was verified before it was committed. */
  readonly isVerified: boolean;
}

/** Runs the parts of a plan that was just checked, under the lock. */
export async function carryOutPlan(
  db: Database,
  lease: Run["lease"],
  { plan, ledger, schema, seal }: CheckedPlan,
  options: RunOptions,
  recordOf: (part: Part) => PartRecord,
): Promise<CarriedOut> {
  const scripts = plan.migrations.map(readScript);
  const run = { db, lease, ledger: ledger.map(({ version }) => version), ...retryOptions(options) };
  const total = plan.migrationCount;
  const positions = new Map(scripts.map(({ version }, index) => [version, index + 1]));
  const rolledBack: string[] = [];
  const parts = layOut(scripts, "down", placeOf(db.target));
  const assumptions = assumptionsByPart(parts, plan.assumptions);
  const companyOf = verifyParts(parts, plan, db.target, { ledger, schema, seal });
  const failure = await runKeeping(run, parts, { plan, schema }, options, {
    recordOf: (part) => ({
      ...recordOf(part),
      assumptions: assumptions.get(part),
      company: companyOf(part),
    }),
    verify: async (part) => {
      const behind = planBehind(plan, parts, part);
      const isVerified = part.transactional && seal !== undefined;
      if (!isVerified && part !== parts.at(-1) && behind) await verifyPart(db, behind);
    },
    onStarted: ({ finishes }) => {
      for (const version of finishes) {
        const position = positions.get(version) ?? 0;
        options.onEvent?.({
          kind: "migration-started",
          version,
          direction: "down",
          position,
          total,
        });
      }
    },
    onCommitted: ({ finishes }) => {
      rolledBack.push(...finishes);
      for (const version of finishes) {
        options.onEvent?.({ kind: "migration-finished", version, direction: "down" });
      }
    },
  });
  /** A transaction that found the schema not as planned says which objects, as they had to be behind it. */
  const asTold = ({ error, part, committed }: PartsFailure): PartsFailure => {
    const wrong = readDiscrepancies(error, planBehind(plan, parts, part) ?? plan, schema);
    if (wrong === undefined) return { error, part, committed };
    const { toVersion } = plan;
    const told =
      committed === 0
        ? verificationFailed(toVersion, wrong, false)
        : partNotAsPlanned(toVersion, wrong, false);
    return { error: told, part, committed };
  };
  const isVerified = seal !== undefined && parts.every(({ transactional }) => transactional);
  return { rolledBack, failure: failure && asTold(failure), isVerified };
}
