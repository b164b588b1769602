import { readFile } from "node:fs/promises";
import type { RollbackPlan } from "surql/executor";
import { redactSecrets } from "surql/surrealql";
import * as v from "valibot";
import { fileFailed, invalidPlanFile } from "./errors.ts";

/** What is needed of a plan that was approved as a file: the statements are read from the migrations again. */
const schema = v.object({ toVersion: v.string(), fingerprint: v.string() });

/**
 * Reads the fingerprint of a plan that `plan-rollback --output` wrote.
 *
 * @param target The version that the rollback is to.
 * @throws `CLI.FILE_UNREADABLE`, `CLI.INVALID_PLAN_FILE`.
 */
export async function readPlanFingerprint(path: string, target: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw fileFailed("read", path, error);
  });
  const plan = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (!plan.success) throw invalidPlanFile(path, "It lacks a target or a fingerprint.");
  const { toVersion, fingerprint } = plan.output;
  if (toVersion !== target) throw invalidPlanFile(path, `It goes back to ${toVersion}.`);
  return fingerprint;
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
