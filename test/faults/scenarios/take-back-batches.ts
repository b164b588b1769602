import { isSurqlError, repairDatabase, restoreQuarantined } from "surql";
import { applyAll } from "../apply-all.ts";
import type { Scenario, Stage } from "../scenario.ts";
import { inBatches, keepLogbook, logbook } from "./logbook.ts";

const abandon = async ({ db, options }: Stage): Promise<void> => {
  await repairDatabase(db, { ...options, ...inBatches, decision: "abandon" });
};

/** `migrate restore`, interrupted after its second batch. */
async function restoreHalf({ db, options }: Stage): Promise<void> {
  const stop = new AbortController();
  let batches = 0;
  const stopped = await restoreQuarantined(db, undefined, {
    ...options,
    ...inBatches,
    rule: "ours",
    signal: stop.signal,
    onEvent: ({ kind }) => {
      if (kind === "batch-restored" && (batches += 1) === 2) stop.abort();
    },
  }).catch((error: unknown) => error);
  if (!isSurqlError(stopped) || stopped.code !== "EXECUTOR.INTERRUPTED") {
    throw new Error(`It was to be interrupted: ${String(stopped)}`);
  }
}

/** `migrate repair --abandon` of a restore in batches that is half-way. */
export const takeBackBatches: Scenario = {
  name: "repair-restore",
  files: logbook,
  prepare: async (stage) => {
    await keepLogbook(stage);
    await applyAll(stage);
    await restoreHalf(stage);
  },
  run: abandon,
  goOn: abandon,
  steps: ["DELETE log"],
};
