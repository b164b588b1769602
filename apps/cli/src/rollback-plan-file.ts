import { readFile } from "node:fs/promises";
import type { RollbackPlan } from "surql/executor";
import { redactSecrets } from "surql/surrealql";
import * as v from "valibot";
import { fileFailed, invalidPlanFile } from "./errors.ts";

/** What is needed of a plan that was approved as a file: the statements are read from the migrations again. */
const schema = v.object({
  toVersion: v.string(),
  fingerprint: v.string(),
  rowBudget: v.optional(v.number()),
  preserve: v.optional(v.array(v.looseObject({}))),
  keepForMs: v.optional(v.nullable(v.number())),
  rehearsal: v.optional(v.looseObject({})),
  schemaRehearsal: v.optional(v.looseObject({ sample: v.optional(v.number()) })),
});

/** A plan that was approved as a file. */
export interface ApprovedPlan {
  readonly fingerprint: string;
  /** Whether it was rehearsed, and so has to be again to be the same. */
  readonly rehearsed: boolean;
  /** How many records of each table its scratch engine got, and has to get again. */
  readonly sample?: number | undefined;
  /** How many records of a table were looked at at most, and have to be again; `undefined` where that was not told. */
  readonly rowBudget?: number | undefined;
  /** Whether it keeps what it takes, and for how many milliseconds; `null` for good. */
  readonly preserve: boolean;
  readonly keepForMs?: number | null | undefined;
}

/**
 * Reads what is needed of a plan that `plan-rollback --output` wrote.
 *
 * @param target The version that the rollback is to.
 * @throws `CLI.FILE_UNREADABLE`, `CLI.INVALID_PLAN_FILE`.
 */
export async function readApprovedPlan(path: string, target: string): Promise<ApprovedPlan> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw fileFailed("read", path, error);
  });
  const plan = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (!plan.success) throw invalidPlanFile(path, "It lacks a target or a fingerprint.");
  const { toVersion, fingerprint, rehearsal, schemaRehearsal, rowBudget, preserve, keepForMs } =
    plan.output;
  if (toVersion !== target) throw invalidPlanFile(path, `It goes back to ${toVersion}.`);
  const { sample } = schemaRehearsal ?? {};
  return {
    fingerprint,
    rehearsed: rehearsal !== undefined,
    sample,
    rowBudget,
    preserve: preserve !== undefined,
    keepForMs,
  };
}

/** A plan as it may be shown: the secrets in its statements are taken out. */
export function redactPlan(plan: RollbackPlan): RollbackPlan {
  return {
    ...plan,
    migrations: plan.migrations.map((migration) => ({
      ...migration,
      statements: migration.statements.map(redactSecrets),
    })),
  };
}
