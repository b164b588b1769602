import { SurqlError } from "@surql/errors";
import type { SnapshotDifference } from "./compare-with-snapshot.ts";

/** A plan would not leave what it touches as the snapshot of its target has it. */
export function snapshotDiffers(
  target: string,
  differences: readonly SnapshotDifference[],
): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.SNAPSHOT_DIFFERS",
    category: "state",
    message: `The rollback would not lead to the schema that the snapshot of ${target} holds. Nothing was changed.`,
    why: differences
      .map(
        ({ path, planned, snapshot }) =>
          `${path}: ${planned ?? "not there"} instead of ${snapshot ?? "not there"}`,
      )
      .join("\n"),
    nextActions: [
      "Correct the down section of the migration, then plan again.",
      "Where that is as it should be, accept it: --accept-difference",
    ],
    meta: { target, differences },
  });
}
