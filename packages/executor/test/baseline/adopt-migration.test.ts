import { getAppliedMigrations, listEvents } from "@surql/history";
import { loadSnapshot, sealSchema } from "@surql/snapshot";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  adoptMigration,
  applyMigrations,
  readBaseline,
  type AdoptedState,
} from "../../src/index.ts";
import { createProject, type Project } from "../project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const files = {
  "1": { up: "DEFINE TABLE user;", down: "REMOVE TABLE user;" },
  "2": { up: "DEFINE TABLE post;", down: "REMOVE TABLE post;" },
};

async function read(): Promise<AdoptedState> {
  const applied = (await getAppliedMigrations(project.db)).map(({ version }) => version);
  return { ...(await sealSchema(project.db)), applied };
}

test("records what is there, with event, snapshot and scripts, and runs nothing", async () => {
  const { db } = project;
  const [first, second] = await project.write(files);
  await applyMigrations(db, [first!]);
  await db.query("DEFINE TABLE post; CREATE post:1");
  const snapshot = await adoptMigration(db, second!, await read(), {
    actor: "ada",
    toolVersion: "9",
  });
  expect(await project.versions()).toEqual(["1", "2"]);
  expect(await project.rows("post")).toHaveLength(1);
  expect(await loadSnapshot(db, "2")).toEqual(snapshot);
  expect((await listEvents(db)).at(-1)).toMatchObject({
    kind: "adopt",
    result: "done",
    versions: ["2"],
    actor: "ada",
    toolVersion: "9",
  });
  expect((await applyMigrations(db, await project.write({}))).applied).toEqual([]);
});

test("records nothing when the schema or the ledger moved meanwhile", async () => {
  const { db } = project;
  const [first, second] = await project.write(files);
  await applyMigrations(db, [first!]);
  const state = await read();
  await db.query("DEFINE FIELD late ON user");
  await expect(adoptMigration(db, second!, state)).rejects.toMatchObject({
    code: "EXECUTOR.SCHEMA_MOVED",
    category: "state",
  });
  await expect(
    adoptMigration(db, second!, { ...(await read()), applied: [] }),
  ).rejects.toMatchObject({
    code: "EXECUTOR.LEDGER_MOVED",
    meta: { expected: [], found: ["1"] },
  });
  expect(await project.versions()).toEqual(["1"]);
  expect(await loadSnapshot(db, "2")).toBeUndefined();
});

test("a database with a history has its beginning", async () => {
  const { db } = project;
  await db.query("DEFINE TABLE user");
  const state = await readBaseline(db);
  expect(state).toMatchObject({ applied: [], schema: { tables: { user: {} } } });
  const [first] = await project.write(files);
  await adoptMigration(db, first!, state);
  await expect(readBaseline(db)).rejects.toMatchObject({
    code: "EXECUTOR.ALREADY_ADOPTED",
    meta: { applied: ["1"] },
  });
});
