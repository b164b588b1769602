import type { Database } from "@surql/connection";
import type { Migration } from "@surql/migration";
import { objectKey, rehearsedOutcome, rehearseSteps } from "@surql/safety-analyzer";
import { emptySchema, type SchemaChange } from "@surql/snapshot";
import { redactSecrets } from "@surql/surrealql";

/** A migration whose `up` failed where it was tried. */
interface FailedUp {
  readonly version: string;
  readonly line: number;
  /** The engine's own words. */
  readonly reason: string;
}

/** What migrations make of an empty database. */
export interface RehearsedUps {
  /** Every object that they make, by its key. */
  readonly objects: ReadonlyMap<string, SchemaChange>;
  /** The first that fails whatever the records are. */
  readonly failure: FailedUp | undefined;
  /** Versions of which it cannot be told here what they do to the schema. */
  readonly unproven: readonly string[];
}

/**
 * Applies migrations in an empty engine in memory.
 *
 * @param scratch An engine in memory; a further one is opened, and closed again.
 * @param migrations In the order in which they are to be applied.
 * @returns Why that cannot be done, where it cannot.
 */
export async function rehearseUps(
  scratch: Database,
  migrations: readonly Migration[],
): Promise<RehearsedUps | { readonly why: string }> {
  const steps = migrations.map(({ version, up }) => ({ migration: version, statements: up }));
  const rehearsal = await rehearseSteps(scratch, steps, { schema: emptySchema });
  if (rehearsal.ground === "none") return { why: rehearsal.why };
  const failed = rehearsal.failures.find(({ lacksRecords }) => !lacksRecords);
  return {
    objects: new Map(
      rehearsedOutcome(rehearsal).changes.map((change) => [objectKey(change), change]),
    ),
    failure: failed && {
      version: failed.step.migration,
      line: failed.statement.line,
      reason: redactSecrets(failed.reason),
    },
    unproven: steps
      .filter(({ statements }) => statements.some((one) => rehearsal.unproven.has(one)))
      .map(({ migration }) => migration),
  };
}

/** The keys of what is not the same in two schemas. Pure. */
export function keysOfDifferences(
  one: RehearsedUps["objects"],
  other: RehearsedUps["objects"],
): ReadonlySet<string> {
  const keys = new Set([...one.keys(), ...other.keys()]);
  return new Set([...keys].filter((key) => one.get(key)?.after !== other.get(key)?.after));
}
