import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { applyMigrations, findRepairs, getMigrationStatus, repairDatabase } from "surql";
import type { Database, ExecutorEvent } from "surql";
import { beforeAll, describe, expect, it } from "vitest";
import { makeProject } from "../workflow/project.ts";
import type { Project } from "../workflow/project.ts";
import { makeStore } from "../workflow/stores.ts";

const run = promisify(execFile);
const here = import.meta.dirname;
/** Child processes cannot load TypeScript on Node 20: they use what this compiles. */
beforeAll(async () => {
  const tsc = join(here, "../../node_modules/typescript/bin/tsc");
  await run(process.execPath, [tsc, "--build", join(here, "../../packages/surql")]);
}, 240_000);

// With 100 entries of each record it takes half a second, and nothing of it is over before the kill.
const build = "DEFINE INDEX i ON t FIELDS a, b.* CONCURRENTLY;";
const fill = "DEFINE TABLE t; FOR $i IN 0..2000 { CREATE t SET a = $i, b = array::range(0..100) };";

async function dieAfterMigration(url: string, project: Project, ...target: readonly string[]) {
  const child = join(here, "children/die-after-migration.js");
  const died = run(process.execPath, [child, url, project.folder, ...target], { timeout: 100_000 });
  await expect(died).rejects.toMatchObject({ signal: "SIGKILL" });
}

const found = (db: Database) =>
  db.query("RETURN array::distinct(SELECT VALUE a FROM t WHERE a = 7)");

// CONCURRENTLY returns at once; a kill ends the build, and the engine takes the index for ready when it is opened again.
describe.each(["surrealkv", "rocksdb"] as const)("on %s", (kind) => {
  it("an index that a kill left half built is ready and empty; through us the next up rebuilds it", async () => {
    await using store = await makeStore(kind);
    await using project = await makeProject();
    const migrations = await project.write({ "1": { up: build } });
    await dieAfterMigration(store.url, project);
    await using db = await store.open();

    const [info] = await db.query("INFO FOR INDEX i ON t");
    expect(info).toMatchObject({ building: { status: "ready" } });
    expect(await found(db)).toEqual([[]]);
    expect(await getMigrationStatus(db, migrations)).toMatchObject({
      current: "1",
      uncheckedIndexes: [{ table: "t", name: "i" }],
    });

    const events: ExecutorEvent[] = [];
    const lockTimeoutMs = 10_000;
    const options = { lockTimeoutMs, onEvent: (event: ExecutorEvent) => void events.push(event) };
    expect((await applyMigrations(db, migrations, options)).applied).toEqual([]);
    expect(events).toContainEqual({ kind: "index-rebuilt", table: "t", index: "i" });
    expect(await found(db)).toEqual([[7]]);
    expect(await getMigrationStatus(db, migrations)).not.toHaveProperty("uncheckedIndexes");
  });
});

it("an index that an interrupted rollback began to build is rebuilt by a repair", async () => {
  await using store = await makeStore("surrealkv");
  await using project = await makeProject();
  const migrations = await project.write({ "1": { up: "REMOVE INDEX i ON t;", down: build } });
  {
    await using db = await store.open();
    await db.query(`${fill} ${build}`);
    await applyMigrations(db, migrations);
  }
  await dieAfterMigration(store.url, project, "base");
  await using db = await store.open();
  expect(await found(db)).toEqual([[]]);
  const index = { kind: "index", table: "t", name: "i", inBackground: true };
  expect(await findRepairs(db)).toEqual([index]);
  expect(await repairDatabase(db, { lockTimeoutMs: 10_000 })).toEqual({
    repaired: [index],
    left: [],
  });
  expect(await found(db)).toEqual([[7]]);
});
