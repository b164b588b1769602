import { SurqlError } from "@surql/errors";
import { messageOf } from "../errors.ts";
import type { SumProblem } from "./check-sum.ts";
import type { SumFault } from "./parse-sum.ts";

/** `MIGRATION.SUM_MISMATCH`: the files are not what `surql.sum` says. */
export function sumMismatch(problems: readonly SumProblem[]): SurqlError {
  const names = [...new Set(problems.map(({ file }) => file))];
  return new SurqlError({
    code: "MIGRATION.SUM_MISMATCH",
    category: "state",
    message: `${names.join(", ")}: not as surql.sum has ${names.length === 1 ? "it" : "them"}.`,
    why: problems.map(({ message }) => message).join("\n"),
    nextActions: [
      "Restore what was changed: git checkout, or the file as it was reviewed and applied.",
      "If the change is meant, accept the files as they are: surql migrate hash",
    ],
    meta: { files: names, problems },
  });
}

/** `MIGRATION.SUM_UNREADABLE`: `surql.sum` holds the markers of a merge, or something else. */
export function sumUnreadable(path: string, { fault, line }: SumFault): SurqlError {
  const isConflict = fault === "conflict";
  return new SurqlError({
    code: "MIGRATION.SUM_UNREADABLE",
    category: "usage",
    message: isConflict
      ? `surql.sum has a merge conflict in line ${line}: two branches changed the migrations.`
      : `surql.sum cannot be read: line ${line} is not one of its lines.`,
    why: isConflict
      ? "It conflicts whenever that happens, so that somebody looks whether the migrations fit together."
      : undefined,
    nextActions: [
      ...(isConflict ? ["See how they meet: surql migrate graph, surql migrate status"] : []),
      "Write it anew from the files as they are: surql migrate hash",
    ],
    meta: { path, line, fault },
  });
}

/** `MIGRATION.SUM_UNWRITABLE`: `surql.sum` could not be written. */
export function sumUnwritable(path: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "MIGRATION.SUM_UNWRITABLE",
    category: "usage",
    message: `${path} could not be written.`,
    why: messageOf(cause),
    nextActions: ["Check the rights on the directory and the free space."],
    meta: { path },
    cause,
  });
}
