import { buildVersionGraph } from "@surql/graph";
import type { Migration, MigrationDirection } from "@surql/migration";
import {
  applyPolicies,
  builtInRules,
  judgeInSequence,
  judgeSteps,
  type RollbackIssue,
  type SafetyPolicy,
  type SafetyRule,
} from "@surql/safety-analyzer";
import { handledCodes } from "./handled-codes.ts";

/** What {@link judgeMigrations} can be told. */
export interface JudgeOptions {
  /** The rules to judge by; the built-in ones when left out. */
  readonly rules?: readonly SafetyRule[] | undefined;
  /** What was decided about issues beforehand. */
  readonly policies?: readonly SafetyPolicy[] | undefined;
}

/** An issue of a migration, and of which of its scripts. */
export interface MigrationFinding extends RollbackIssue {
  readonly direction: MigrationDirection;
}

/**
 * Says what stands in the way of going back, without a database: what the `up` scripts lose, one after the other
 * and parents first, each on what those before it left; and which migrations have no way back at all. Pure.
 *
 * @returns The findings of each migration together, parents first.
 * @throws `SAFETY.INVALID_POLICY`, `GRAPH.*`.
 * @example
 * ```ts
 * for (const { migration, description } of judgeMigrations(await discoverMigrations("migrations"))) {
 *   console.log(migration, description);
 * }
 * ```
 */
export function judgeMigrations(
  migrations: readonly Migration[],
  { rules = builtInRules, policies = [] }: JudgeOptions = {},
): readonly MigrationFinding[] {
  const files = new Map(migrations.map((migration) => [migration.version, migration]));
  const ordered = buildVersionGraph(migrations)
    .topologicalOrder()
    .flatMap((version) => files.get(version) ?? []);

  const ups = ordered.map(({ version, up }) => ({ migration: version, statements: up }));
  const options = { rules, policies, handles: handledCodes };
  const forward = judgeInSequence(ups, options).issues;

  const downs = ordered.map(({ version, down, irreversible }) => ({
    migration: version,
    statements: down,
    irreversible,
  }));
  const reversibility = rules.filter(({ codes }) => codes.includes("irreversible"));
  const stuck = applyPolicies(judgeSteps(downs, { rules: reversibility }).issues, policies);

  const positions = new Map(ordered.map(({ version }, position) => [version, position]));
  const position = ({ migration }: RollbackIssue): number => positions.get(migration) ?? 0;
  return [
    ...forward.map((issue) => ({ ...issue, direction: "up" as const })),
    ...stuck.map((issue) => ({ ...issue, direction: "down" as const })),
  ].toSorted((one, other) => position(one) - position(other));
}
