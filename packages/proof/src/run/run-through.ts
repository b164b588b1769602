import type { Database } from "@surql/connection";
import { isSurqlError, serverReason } from "@surql/errors";
import { replayMigration, takePicture, type MigrationFailure, type Picture } from "@surql/executor";
import type { Migration } from "@surql/migration";
import type { Schema } from "@surql/snapshot";
import type { MigrationProof, ProofFailure, Stage } from "../proof.ts";
import type { OpenGround } from "../schema/open-ground.ts";
import { findDeviations, judgeMoments } from "../verdict/judge-moments.ts";

/** What came of it, and the schema behind the migration; `undefined` when up fails. */
export interface Result
  extends Pick<MigrationProof, "verdict">, Partial<Omit<MigrationProof, "verdict">> {
  readonly after?: Schema | undefined;
}

/** Runs a migration up, down and up again, looks at everything in between, and says what is not as it was. */
export async function runThrough(
  migration: Migration,
  { scratch, paste }: OpenGround,
): Promise<Result> {
  const before = await pictureOf(scratch);
  if ("verdict" in before) return before;
  const run = async (direction: "up" | "down", stage: Stage): Promise<Picture | Result> => {
    const failure = await replayMigration(scratch, migration, direction);
    if (failure !== undefined) return failed(readFailure(failure, stage));
    return pictureOf(scratch, stage);
  };
  const up = await run("up", "up");
  if ("verdict" in up) return up;
  const after = paste(up.schema);
  const irreversible = irreversibleReason(migration);
  if (irreversible !== undefined) return { verdict: "irreversible", irreversible, after };
  const down = await run("down", "down");
  if ("verdict" in down) return { ...down, after };
  const left = findDeviations(before.schema, down.schema, "down");
  if (left.length > 0) return { verdict: "fails", schema: left, after };
  const again = await run("up", "up again");
  if ("verdict" in again) return { ...again, after };
  return { ...judgeMoments({ before, up, down, again }), after };
}

/** A computed field that fails for a record makes it unreadable, and no update of it is taken any more. */
async function pictureOf(scratch: Database, stage?: Stage): Promise<Picture | Result> {
  try {
    return await takePicture(scratch);
  } catch (error) {
    if (!isSurqlError(error) || error.code !== "CONNECTION.QUERY_FAILED") throw error;
    const reason = `The records cannot be read: ${serverReason(error)}`;
    return failed(stage === undefined ? { reason } : { stage, reason });
  }
}

/** The result of what cannot be run. */
export function failed(failure: ProofFailure): Result {
  return { verdict: "fails", failure };
}

function readFailure(failure: MigrationFailure, stage: Stage): ProofFailure {
  const { reason, statement, statementIndex, line } = failure;
  return { stage, reason, statement, statementIndex, line };
}

/** Why a migration cannot be undone. */
export function irreversibleReason({ down, irreversible }: Migration): string | undefined {
  return irreversible ?? (down.length === 0 ? "It has no down script." : undefined);
}
