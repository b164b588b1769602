import { SurqlError } from "@surql/errors";
import type { GroundChange } from "./ground-change.ts";
import { renderGroundChange } from "./ground-change.ts";

/** How many changes a message tells. */
const told = 10;

function again(target: string): string {
  return `Make and read a new plan: surql migrate plan-rollback ${target}`;
}

/**
 * The ground of a plan has moved since it was made.
 *
 * @param target The version that the plan goes back to.
 * @param changes What is not as it was, object by object.
 */
export function stalePlan(
  why: string,
  target = "VERSION",
  changes: readonly GroundChange[] = [],
): SurqlError {
  const more = changes.length > told ? [`… and ${changes.length - told} more.`] : [];
  return new SurqlError({
    code: "EXECUTOR.STALE_PLAN",
    category: "state",
    message: "The plan no longer fits the database. Nothing was changed.",
    why: [why, ...changes.slice(0, told).map(renderGroundChange), ...more].join("\n"),
    nextActions: [again(target)],
    meta: { target, changes },
  });
}

/** A plan is not as it was made. */
export function planEdited(target: string): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.PLAN_EDITED",
    category: "state",
    message: "The plan was edited after it was made. Nothing was changed.",
    why: "Its hash does not fit what it holds, so nobody has judged what it would do.",
    nextActions: [again(target)],
    meta: { target },
  });
}

/** The time of a plan is over. */
export function planExpired(target: string, expiresAt: string): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.PLAN_EXPIRED",
    category: "state",
    message: `The plan expired at ${expiresAt}. Nothing was changed.`,
    nextActions: [again(target), "To have one that lives longer: --expires 30d"],
    meta: { target, expiresAt },
  });
}

/** A plan was carried out before. */
export function planCarriedOut(
  target: string,
  { at, actor }: { readonly at: string; readonly actor: string },
): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.PLAN_CARRIED_OUT",
    category: "state",
    message: `The plan was carried out at ${at} by ${actor}. Nothing was changed now.`,
    why: "A plan is carried out once.",
    nextActions: ["See where the database stands: surql migrate status", again(target)],
    meta: { target, at, actor },
  });
}

/** A plan is for another database. */
export function planForAnotherDatabase(
  target: string,
  planned: { readonly namespace: string; readonly database: string },
  actual: { readonly namespace: string; readonly database: string },
): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.PLAN_FOR_ANOTHER_DATABASE",
    category: "state",
    message: `The plan is for ${planned.namespace}/${planned.database}; this is ${actual.namespace}/${actual.database}. Nothing was changed.`,
    nextActions: ["Connect to the database that it was made for.", again(target)],
    meta: { target, planned, actual },
  });
}

/** The text of a statement that holds a secret is not to be had. */
export function planSecretMissing(
  target: string,
  statements: readonly { readonly migration: string; readonly index: number }[],
): SurqlError {
  const where = statements.map(({ migration, index }) => `${migration}, statement ${index + 1}`);
  return new SurqlError({
    code: "EXECUTOR.PLAN_SECRET_MISSING",
    category: "state",
    message: "The plan lacks a secret that no migration file gives back. Nothing was changed.",
    why: `Secrets are not kept in a plan; each is read from the file of its migration again, and the statement has to be the one that was planned: ${where.join("; ")}.`,
    nextActions: [
      "Run it where the migration files are, as they were when it was planned.",
      again(target),
    ],
    meta: { target, statements },
  });
}

/** A text is no plan. */
export function invalidPlan(why: string): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.INVALID_PLAN",
    category: "usage",
    message: "This is no plan that can be carried out.",
    why,
    nextActions: ["Write one: surql migrate plan-rollback VERSION --output plan.json"],
  });
}
