import { isSurqlError, SurqlError } from "@surql/errors";
import { batchesOutrun } from "./batch-scripts.ts";

/** Others write faster than their records can be kept. */
export function keptTooSlowly(target: string, rounds: number): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.KEPT_TOO_SLOWLY",
    category: "state",
    message: `What goes is being changed faster than it can be kept, in ${rounds} rounds. Nothing was rolled back.`,
    why: "Large tables are kept in batches; the transaction that removes them keeps anew what has changed meanwhile, but only as much as a transaction should hold.",
    nextActions: [
      `Let the writers pause, and go on from what is kept: surql migrate rollback ${target} --preserve`,
      "To drop what is kept and leave everything as it is: surql migrate repair --abandon",
    ],
    meta: { target, rounds },
  });
}

/** Whether a transaction was given up because too much had changed since the batches. */
export function isOutrun(error: unknown): boolean {
  return isSurqlError(error) && String(error.meta["reason"]).includes(batchesOutrun);
}
