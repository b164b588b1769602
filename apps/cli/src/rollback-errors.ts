import { SurqlError } from "surql/errors";

/** A rollback failed in the database. */
export function rollbackFailed(failure: object, message: string, partly: boolean): SurqlError {
  return new SurqlError({
    code: partly ? "CLI.ROLLBACK_PARTIAL" : "CLI.ROLLBACK_FAILED",
    category: partly ? "partial" : "failure",
    message: partly
      ? `${message} The transactions before it are committed.`
      : `${message} The database is as it was.`,
    nextActions: ["Correct what stands in the way, then run the same command again."],
    meta: { ...failure },
  });
}

/** A rollback was told to stop, and did after a part of it was committed. */
export function rollbackInterrupted(
  done: readonly string[],
  left: readonly string[],
  command: string,
): SurqlError {
  return new SurqlError({
    code: "CLI.ROLLBACK_INTERRUPTED",
    category: "interrupted",
    message: `Stopped behind what was committed. Rolled back: ${done.join(", ") || "nothing as a whole"}. Not rolled back: ${left.join(", ")}.`,
    nextActions: [`To go on: ${command}`, "See where the database stands: surql migrate status"],
    meta: { done, left },
  });
}

/** A file is not a rollback plan, or is one for another target. */
export function invalidPlanFile(path: string, why: string): SurqlError {
  return new SurqlError({
    code: "CLI.INVALID_PLAN_FILE",
    category: "usage",
    message: `${path} is not a plan that can be used here.`,
    why,
    nextActions: ["Make one: surql migrate plan-rollback VERSION --output FILE"],
    meta: { path },
  });
}
