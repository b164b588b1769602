import { SurqlError } from "@surql/errors";
import type { MigrationFailure } from "../run/migration-failure.ts";

/** `EXECUTOR.REPLAY_FAILED`: what the migrations make cannot be found out by running them. */
export function replayFailed(failure: Omit<MigrationFailure, "message" | "file">): SurqlError {
  const { migration, line, statement, reason } = failure;
  const where = line === undefined ? "" : `, line ${line}`;
  return new SurqlError({
    code: "EXECUTOR.REPLAY_FAILED",
    category: "usage",
    message: `Migration ${migration}${where} cannot be run in an empty database: ${reason.replace(/[.]?$/, ".")}`,
    why: "The schema of a version is what all migrations up to it give, one after the other, in an engine in memory.",
    nextActions: ["Correct the migration, so that it can be applied to an empty database."],
    meta: { migration, line, statement, reason },
  });
}
