import { SurqlError } from "surql/errors";
import type { BranchConflict } from "surql/executor";
import { invalidUsage } from "./errors.ts";

/** Branches were to be merged that give another schema in another order. */
export function branchesConflict(conflicts: readonly BranchConflict[]): SurqlError {
  const paths = [...new Set(conflicts.map(({ path }) => path))];
  return new SurqlError({
    code: "CLI.BRANCHES_CONFLICT",
    category: "state",
    message: `The branches conflict: ${paths.join(", ")}. Nothing was written.`,
    why: conflicts.map(({ description }) => description).join("\n"),
    nextActions: [
      "Change one of the branches as long as nobody applied it, so that both orders give the same schema.",
      "Or merge with --accept-conflicts, and settle in the next migration what it is to be.",
    ],
    meta: { conflicts },
  });
}

/** Versions were given that cannot be merged. */
export function unmergeable(why: string): SurqlError {
  return invalidUsage(why, ["See the heads: surql migrate graph, surql migrate status"]);
}
