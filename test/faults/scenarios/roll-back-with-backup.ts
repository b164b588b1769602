import { mkdir, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { getAppliedMigrations } from "surql";
import type { BackedUpFile, BackupFolder } from "surql/executor";
import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario, Stage } from "../scenario.ts";
import { fillKeepsakes, keepsakes } from "./keepsakes.ts";

const prefix = "backup-";

/** A folder that is not there yet, as `--backup` wants one. */
async function newFolder(stage: Stage): Promise<BackupFolder> {
  const folder = join(stage.folder, `${prefix}${(await backupsIn(stage)).length + 1}`);
  await mkdir(folder);
  return {
    async open(name) {
      const file = await open(join(folder, name), "wx");
      return {
        write: (text) => file.appendFile(text),
        async close() {
          await file.sync();
          await file.close();
        },
      };
    },
  };
}

async function backupsIn({ folder }: Stage): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.startsWith(prefix)).map((name) => join(folder, name));
}

/** Whether a backup was finished. @throws When it says so, and is not whole. */
async function isFinished(folder: string): Promise<boolean> {
  const names = await readdir(folder);
  if (!names.includes("manifest.json")) return false;
  const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as {
    readonly files: readonly BackedUpFile[];
  };
  for (const { file, records } of manifest.files) {
    const lines = (await readFile(join(folder, file), "utf8")).split("\n").slice(0, -1);
    const ids = new Set(lines.map((line) => JSON.stringify(JSON.parse(line))));
    if (ids.size !== records) throw new Error(`${file} has ${ids.size} records, not ${records}.`);
  }
  const lost = manifest.files.map(
    ({ table, field = "", records }) => `${table}.${field} ${records}`,
  );
  const wanted = "owns. 30, person. 30, person.bio 30, person.born 30, pet. 30";
  if (lost.toSorted().join(", ") !== wanted) {
    throw new Error(`${folder} holds ${lost.join(", ")}, not ${wanted}.`);
  }
  return true;
}

/** What is rolled back has a backup that is whole. */
async function checkBackups(stage: Stage): Promise<void> {
  const finished = await Promise.all((await backupsIn(stage)).map(isFinished));
  const ledger = await getAppliedMigrations(stage.db);
  if (ledger.length === 1 && !finished.includes(true)) {
    throw new Error("It was rolled back, and no backup was finished.");
  }
}

const rollBack = async (stage: Stage): Promise<void> =>
  rollBackTo(stage, "1", {}, { backup: await newFolder(stage) });

/** `rollback --backup DIR`: nothing is gone that is not in the files. */
export const rollBackWithBackup: Scenario = {
  name: "rollback-backup",
  files: keepsakes,
  prepare: fillKeepsakes,
  run: rollBack,
  goOn: async (stage) => {
    await checkBackups(stage);
    await rollBack(stage);
    await checkBackups(stage);
  },
};
