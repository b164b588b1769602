import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { discoverMigrations } from "surql";
import type { Migration } from "surql";

/** Counts on both sides: in a record of its own, and in one that all migrations share. */
function count(version: string, what: "ups" | "downs"): string {
  return `UPSERT trace:${version} SET ${what} += 1; UPSERT shared:all SET n += 1;`;
}

/** The second is done in two transactions: an index is built after a change of the records that it is about. */
const scripts: Readonly<Record<string, { readonly up: string; readonly down: string }>> = {
  "1": {
    up: `DEFINE TABLE t1 SCHEMAFULL; DEFINE FIELD a ON t1 TYPE int; ${count("1", "ups")}`,
    down: `REMOVE TABLE t1; ${count("1", "downs")}`,
  },
  "2": {
    up: `UPSERT trace:2 SET begun += 1; DEFINE TABLE t2; CREATE t2:1 SET a = 1; DEFINE INDEX i ON t2 FIELDS a; ${count("2", "ups")}`,
    down: `REMOVE TABLE t2; ${count("2", "downs")}`,
  },
  "3": {
    up: `DEFINE TABLE t3; sleep(2ms); ${count("3", "ups")}`,
    down: `REMOVE TABLE t3; sleep(2ms); ${count("3", "downs")}`,
  },
};

/** Three migrations whose every run leaves a trace that can be counted. */
export async function madeMigrations(): Promise<readonly Migration[]> {
  const folder = await mkdtemp(join(tmpdir(), "surql-runners-"));
  try {
    for (const [version, { up, down }] of Object.entries(scripts)) {
      await writeFile(
        join(folder, `${version}_made.surql`),
        `-- @metadata\n-- version: ${version}\n-- description: made\n-- @up\n${up}\n-- @down\n${down}\n`,
      );
    }
    return await discoverMigrations(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
