import { SurqlError } from "@surql/errors";

/** The branch that is to be rolled back does not build on the version to go back to. */
export function notOnBranch(branch: string, target: string): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.NOT_ON_BRANCH",
    category: "usage",
    message: `${branch} does not build on ${target}, so there is no way back along it.`,
    nextActions: ["See what builds on what: surql migrate graph"],
    meta: { branch, target },
  });
}
