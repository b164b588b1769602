import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect, discoverMigrations, isSurqlError } from "surql";
import type { Said } from "./judge.ts";
import { observe, type Observation } from "./observe.ts";
import type { Scenario, Stage } from "./scenario.ts";

/** A database, and the folder that belongs to it. */
export interface Site {
  readonly url: string;
  readonly folder: string;
}

/** A database after a run, and after the ordinary command. */
export interface Checked {
  readonly found: Observation;
  readonly end?: Observation;
  /** Why the ordinary command failed. */
  readonly failure?: string;
}

/** Milliseconds that a lock is held at a time: short, because the lock of each that is killed is waited for. */
export const lockTtlMs = 400;

/** Connects, does something, and closes. */
export async function onStage<T>(
  { url, folder }: Site,
  work: (stage: Stage) => Promise<T>,
  say?: (said: Said) => void,
): Promise<T> {
  await using db = await connect({
    url,
    namespace: "library",
    database: "main",
    // A machine that is busy with everything else is no fault.
    connectTimeoutMs: 120_000,
  });
  return await work({
    db,
    folder,
    migrations: await discoverMigrations(join(folder, "migrations")),
    options: {
      actor: "the harness",
      lockTtlMs,
      lockTimeoutMs: 10_000,
      onEvent: (event) => {
        if (event.kind === "migration-finished") say?.(event);
      },
    },
  });
}

/** Looks at a database over a connection of its own. */
export function observeSite(site: Site): Promise<Observation> {
  return onStage(site, ({ db }) => observe(db));
}

/** Makes a database as it is before. */
export async function prepareSite(site: Site, { files, prepare }: Scenario): Promise<void> {
  const folder = join(site.folder, "migrations");
  await mkdir(folder, { recursive: true });
  for (const [version, { up, down = "", transaction }] of Object.entries(files)) {
    const kind = transaction === undefined ? "" : `\n-- transaction: ${transaction}`;
    const head = `-- @metadata\n-- version: ${version}\n-- description: test${kind}`;
    const file = join(folder, `${version}_test.surql`);
    await writeFile(file, `${head}\n-- @up\n${up}\n-- @down\n${down}\n`);
  }
  await onStage(site, prepare);
}

/** Does by hand what a scenario does. @returns What each of its transactions leaves. */
export async function stepByHand(
  site: Site,
  { steps = [] }: Scenario,
): Promise<readonly Observation["world"][]> {
  return onStage(site, async ({ db }) => {
    const worlds: Observation["world"][] = [];
    for (const step of steps) {
      await db.query(step);
      worlds.push((await observe(db)).world);
    }
    return worlds;
  });
}

/** Looks at what was left, and goes on, as soon as the lock of whoever left it expires. */
export function check(site: Site, { goOn }: Scenario): Promise<Checked> {
  return onStage(site, async (stage) => {
    const found = await observe(stage.db);
    try {
      await goOn(stage);
      return { found, end: await observe(stage.db) };
    } catch (error) {
      const failure = isSurqlError(error)
        ? `${error.code}: ${error.message} ${error.why ?? ""} ${JSON.stringify(error.meta).slice(0, 1000)}`
        : String(error);
      return { found, failure };
    }
  });
}
