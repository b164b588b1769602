import type { Database } from "@surql/connection";
import { findGround, rehearsedOutcome, rehearseSteps } from "@surql/safety-analyzer";
import { captureSchema, unreadableTables, type Schema } from "@surql/snapshot";
import type { Part, PreparedScript } from "../run/lay-out.ts";
import { plannedObject } from "../plan/planned-object.ts";
import { plannedOutcome, type PlannedOutcome } from "../plan/plan-outcome.ts";
import type { Company } from "../run/run-parts.ts";
import { expectationBehind } from "./expectation-behind.ts";
import { expectationOf } from "./expectation.ts";
import { rehearseParts } from "./rehearse-parts.ts";
import { openVerification, verifiedEnd, type VerifiedEnd } from "./verification-script.ts";

/** What a migration that is about to be applied does to the schema where it can do no harm. */
export interface RehearsedApply {
  readonly outcome: PlannedOutcome;
  /** The schema before it. */
  readonly schema: Schema;
  /** What says, inside the transaction of a part, that the schema becomes what the rehearsal gave. */
  readonly companyOf: (part: Part) => Company | undefined;
}

/**
 * Rehearses a migration on the schema as it is, for the snapshot that is stored with it: that must not hold what
 * nobody expected.
 *
 * @param parts What it is committed in.
 * @returns `undefined` where it cannot be rehearsed, and where nothing of it is in a transaction that could be refused.
 * @throws `CONNECTION.*`.
 */
export async function rehearseApply(
  db: Database,
  { version, statements }: PreparedScript,
  parts: readonly Part[],
): Promise<RehearsedApply | undefined> {
  if (!parts.some(({ transactional }) => transactional)) return undefined;
  const schema = await captureSchema(db);
  const step = {
    migration: version,
    statements: statements.map(({ text, line }) => ({ text, line, column: 1 })),
  };
  const rehearsal = await rehearseSteps(db, [step], { schema });
  if (rehearsal.ground === "none") return undefined;
  const outcome = plannedOutcome(rehearsedOutcome(rehearsal), schema);
  const { engineVersion } = db.target;
  const migrations = [{ statements: statements.map(({ text }) => text) }];
  const ground = { objects: findGround([step], schema, outcome.objects).map(plannedObject) };
  const expected = expectationOf({ outcome, migrations, ground }, engineVersion, schema);
  if (expected === undefined) return undefined;
  const unreadable = unreadableTables(schema).map(({ table }) => table);
  const outcomes = await rehearseParts(db, parts, schema, outcome);
  const transactions = parts.map((_, at) => ({ makes: outcomes?.[at] }));
  const expecting = { outcome, migrations, ground, transactions };
  const endOf = (part: Part): VerifiedEnd => {
    const known = expectationBehind(expecting, parts, part, engineVersion);
    return verifiedEnd(known, expected, {
      isLast: part === parts.at(-1),
      isOnly: parts.length === 1,
    });
  };
  const companies = new Map(
    parts.flatMap((part) => {
      if (!part.transactional) return [];
      const { closing, goneTables } = endOf(part);
      const opening = [openVerification(unreadable, undefined, goneTables)];
      return [[part, { opening, closing }] as const];
    }),
  );
  return { outcome, schema, companyOf: (part) => companies.get(part) };
}
