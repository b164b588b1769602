import type { Migration } from "@surql/migration";
import { statementPositions } from "../half/statement-positions.ts";
import { planSecretMissing } from "./plan-errors.ts";
import { sha256 } from "./sha256.ts";
import { prepareStatements } from "../run/prepared-statement.ts";
import type { PlannedMigration, RollbackPlan } from "./rollback-plan.ts";

/**
 * Puts the statements that hold a secret back into a plan from a file, from the migrations that they are of. Pure.
 *
 * @throws `EXECUTOR.PLAN_SECRET_MISSING` when there is none whose statement is the one that was planned.
 */
export function completePlan(
  plan: RollbackPlan,
  migrations: readonly Migration[] = [],
): RollbackPlan {
  const files = new Map(migrations.map((migration) => [migration.version, migration]));
  const missing: { readonly migration: string; readonly index: number }[] = [];
  const completed = plan.migrations.map((planned) => {
    if (planned.statements.every((text, at) => isPlanned(planned, text, at))) return planned;
    const file = files.get(planned.version);
    const source = file === undefined ? [] : prepareStatements(file, "down");
    const positions = statementPositions(planned);
    const statements = planned.statements.map((text, at) => {
      if (isPlanned(planned, text, at)) return text;
      const index = positions[at] ?? at;
      const found = source[index]?.text;
      if (found !== undefined && isPlanned(planned, found, at)) return found;
      missing.push({ migration: planned.version, index });
      return text;
    });
    return { ...planned, statements };
  });
  if (missing.length > 0) throw planSecretMissing(plan.toVersion, missing);
  return { ...plan, migrations: completed };
}

/**
 * Whether a plan lacks the secrets of some statement, as one from a file does. Pure.
 *
 * @example
 * ```ts
 * const plan = readPlan(text);
 * if (lacksSecrets(plan)) console.log("Carry it out where the migration files are.");
 * ```
 */
export function lacksSecrets({ migrations }: RollbackPlan): boolean {
  return migrations.some((one) => !one.statements.every((text, at) => isPlanned(one, text, at)));
}

function isPlanned({ statementHashes }: PlannedMigration, text: string, at: number): boolean {
  return sha256(text) === statementHashes[at];
}
