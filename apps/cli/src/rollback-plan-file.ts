import { readFile } from "node:fs/promises";
import { isSurqlError } from "surql/errors";
import { readPlan, type RollbackPlan } from "surql/executor";
import { fileFailed } from "./file-errors.ts";
import { invalidPlanFile } from "./rollback-errors.ts";

/**
 * Reads a plan that `plan-rollback --output` wrote.
 *
 * @param target The version that the rollback is to; whatever the plan says when left out.
 * @throws `CLI.FILE_UNREADABLE`, `CLI.INVALID_PLAN_FILE`, `EXECUTOR.PLAN_EDITED`.
 */
export async function readPlanFile(
  path: string,
  target: string | undefined,
): Promise<RollbackPlan> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw fileFailed("read", path, error);
  });
  const plan = parse(path, text);
  if (target !== undefined && plan.toVersion !== target) {
    throw invalidPlanFile(path, `It goes back to ${plan.toVersion}.`);
  }
  return plan;
}

function parse(path: string, text: string): RollbackPlan {
  try {
    return readPlan(text);
  } catch (error) {
    if (!isSurqlError(error) || error.code !== "EXECUTOR.INVALID_PLAN") throw error;
    throw invalidPlanFile(path, error.why ?? error.message);
  }
}
