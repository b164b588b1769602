import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { exportQuarantine, importRecords, pruneQuarantine, restoreQuarantined } from "surql";
import { applyAll } from "../apply-all.ts";
import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario, Stage } from "../scenario.ts";
import { fillKeepsakes, keepsakes } from "./keepsakes.ts";

const fileIn = (folder: string): string => join(folder, "kept.jsonl");

async function restore({ db, folder, options }: Stage): Promise<void> {
  const lines = (await readFile(fileIn(folder), "utf8")).split("\n");
  const event = await importRecords(db, [{ name: "kept.jsonl", lines }]);
  await restoreQuarantined(db, event, { ...options, rule: "ours" });
  await pruneQuarantine(db, { ...options, restored: true });
}

/** `migrate restore --from FILE`, and `--prune` of what it was read into. */
export const restoreFromFile: Scenario = {
  name: "restore-from-file",
  files: keepsakes,
  prepare: async (stage) => {
    await fillKeepsakes(stage);
    await rollBackTo(stage, "1", { preserve: true });
    await applyAll(stage);
    await exportQuarantine(stage.db, undefined, (line) => appendFile(fileIn(stage.folder), line));
  },
  run: restore,
  goOn: restore,
  booksMayLag: true,
};
