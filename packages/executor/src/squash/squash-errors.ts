import { SurqlError } from "@surql/errors";
import type { UnrecordedSquash } from "./squash-state.ts";

/** A squash stands for migrations that are all applied, and the history still names these. */
export function squashNotRecorded({ squash, rows }: UnrecordedSquash): SurqlError {
  const { version } = squash;
  return new SurqlError({
    code: "EXECUTOR.SQUASH_NOT_RECORDED",
    category: "state",
    message: `${version} stands for ${rows.length} migrations that are applied here. Nothing was changed.`,
    why: `The history still names ${rows.map((row) => row.version).join(", ")}.`,
    nextActions: ["Put one row in their place, after being asked: surql migrate squash --apply"],
    meta: { version, applied: rows.map((row) => row.version) },
  });
}

/** A squash stands for migrations of which a part is applied: neither can it be run, nor are they all done. */
export function squashPartlyApplied({ squash, rows, missing }: UnrecordedSquash): SurqlError {
  const { version } = squash;
  const applied = rows.map((row) => row.version);
  return new SurqlError({
    code: "EXECUTOR.SQUASH_PARTLY_APPLIED",
    category: "state",
    message: `Of what ${version} stands for, a part is applied here: ${applied.join(", ")}. Nothing was changed.`,
    why: `Not applied: ${missing.join(", ")}. The squash is for databases that have all of them or none.`,
    nextActions: [
      `With the files as they were before the squash, apply the rest, or roll these back: surql migrate up --to ${version}`,
      "Then, with the files as they are: surql migrate squash --apply",
    ],
    meta: { version, applied, missing },
  });
}
