import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { connect, discoverMigrations, isSurqlError, readLock } from "surql";
import { lockTtlMs, type Checked, type Place } from "./errand.ts";
import type { Said } from "./judge.ts";
import { observe, type Observation } from "./observe.ts";
import type { Scenario, Stage } from "./scenario.ts";
import { scenarioNamed } from "./scenarios.ts";

/** Opens a store, does something with it, and closes it. */
export async function onStage<T>(
  { store, folder }: Place,
  work: (stage: Stage) => Promise<T>,
  say?: (said: Said) => void,
): Promise<T> {
  const url = `${store}://${join(folder, "store")}`;
  await using db = await connect({ url, namespace: "library", database: "main" });
  return await work({
    db,
    folder,
    migrations: await discoverMigrations(join(folder, "migrations")),
    options: {
      actor: "the harness",
      lockTtlMs,
      onEvent: (event) => {
        if (event.kind === "migration-finished") say?.(event);
      },
    },
  });
}

/** Looks at a store. */
export function observePlace(place: Place): Promise<Observation> {
  return onStage(place, ({ db }) => observe(db));
}

/** Makes a store as it is before. */
export async function prepareStage(place: Place, { files, prepare }: Scenario): Promise<void> {
  const folder = join(place.folder, "migrations");
  await mkdir(folder, { recursive: true });
  for (const [version, { up, down = "", transaction }] of Object.entries(files)) {
    const kind = transaction === undefined ? "" : `\n-- transaction: ${transaction}`;
    const head = `-- @metadata\n-- version: ${version}\n-- description: test${kind}`;
    const file = join(folder, `${version}_test.surql`);
    await writeFile(file, `${head}\n-- @up\n${up}\n-- @down\n${down}\n`);
  }
  await onStage(place, prepare);
}

/** Looks at what a kill left, waits until the lock of the dead is gone, and goes on. */
export function check(place: Place): Promise<Checked> {
  const { goOn } = scenarioNamed(place.scenario);
  return onStage(place, async (stage) => {
    const found = await observe(stage.db);
    try {
      while ((await readLock(stage.db)) !== undefined) await delay(20);
      await goOn(stage);
      return { found, end: await observe(stage.db) };
    } catch (error) {
      const failure = isSurqlError(error) ? `${error.code}: ${error.message}` : String(error);
      return { found, failure };
    }
  });
}
