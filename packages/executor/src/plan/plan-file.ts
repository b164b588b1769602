import { freezePlan } from "./freeze-plan.ts";
import { invalidPlan, planEdited } from "./plan-errors.ts";
import { hashOfPlan, redactPlan } from "./plan-hash.ts";
import type { RollbackPlan } from "./rollback-plan.ts";

/**
 * Writes a plan as text, to be kept, read by people and carried out later: see {@link readPlan}. The secrets in its
 * statements are taken out. Pure.
 *
 * @example
 * ```ts
 * await writeFile("plan.json", serializePlan(await createRollbackPlan(db, migrations, "20260108_120000")));
 * ```
 */
export function serializePlan(plan: RollbackPlan): string {
  return `${JSON.stringify(redactPlan(plan), null, 2)}\n`;
}

const lists = ["migrations", "issues", "assumptions", "transactions", "notes"];
const texts = ["hash", "fingerprint", "fromVersion", "toVersion", "createdAt", "expiresAt"];
const objects = ["ground", "target"];

/**
 * Reads a plan that {@link serializePlan} wrote. Whether it still fits the database is said when it is carried out. Pure.
 *
 * @throws `EXECUTOR.INVALID_PLAN` when it is no plan, or one of another format.
 * @throws `EXECUTOR.PLAN_EDITED` when it is not as it was written.
 * @example
 * ```ts
 * const plan = readPlan(await readFile("plan.json", "utf8"));
 * await executeRollback(db, plan, { force: true, migrations: await discoverMigrations("migrations") });
 * ```
 */
export function readPlan(text: string): RollbackPlan {
  const value = parse(text);
  if (value["format"] !== 1) {
    throw invalidPlan(`Its format is ${JSON.stringify(value["format"]) ?? "missing"}, not 1.`);
  }
  const wrong = [
    ...lists.filter((key) => !Array.isArray(value[key])),
    ...texts.filter((key) => typeof value[key] !== "string"),
    ...objects.filter((key) => typeof value[key] !== "object" || value[key] === null),
  ];
  if (wrong.length > 0) throw invalidPlan(`It lacks ${wrong.join(", ")}.`);
  const plan = value as unknown as RollbackPlan;
  if (hashOf(plan) !== plan.hash) throw planEdited(plan.toVersion);
  return freezePlan(plan);
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>;
    }
  } catch {
    throw invalidPlan("It is not JSON.");
  }
  throw invalidPlan("It is not a JSON object.");
}

/** What has not even the shape of a plan was not written by us. */
function hashOf(plan: RollbackPlan): string | undefined {
  try {
    return hashOfPlan(plan);
  } catch {
    return undefined;
  }
}
