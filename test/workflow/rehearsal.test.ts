import {
  createRollbackPlan,
  applyMigrations,
  rehearseRollback,
  type Database,
  type Migration,
} from "surql";
import { afterEach, describe, expect, test } from "vitest";
import { connect } from "surql";
import { listen } from "../server/listen.ts";
import { digest } from "./digest.ts";
import { makeProject } from "./project.ts";
import { makeStore } from "./stores.ts";

const up = [
  "DEFINE TABLE user; DEFINE INDEX n_idx ON user FIELDS n;",
  "DEFINE EVENT e ON user WHEN true THEN (CREATE log SET at = time::now());",
  "DEFINE SEQUENCE s START 7;",
  "FOR $n IN 0..500 { CREATE type::record('user', $n) SET n = $n };",
].join("\n");
const down = [
  "UPDATE user SET n += 1; DEFINE FIELD n ON user TYPE string; DEFINE INDEX OVERWRITE n_idx ON user FIELDS n UNIQUE;",
  "DELETE user WHERE n > 400; DEFINE SEQUENCE OVERWRITE s START 900; DELETE log; REMOVE TABLE log;",
].join("\n");

const closing: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of closing.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

function atEnd<T extends AsyncDisposable>(one: T): T {
  closing.push(one);
  return one;
}

async function migrate(db: Database, script: string): Promise<readonly Migration[]> {
  const project = atEnd(await makeProject());
  const migrations = await project.write({
    "1": { up: "DEFINE TABLE log" },
    "2": { up, down: script },
  });
  await applyMigrations(db, migrations);
  return migrations;
}

/** Everything, with the lock, and with what look-ups by an index find. */
async function state(db: Database): Promise<unknown> {
  return [
    await digest(db),
    await db.query(
      "SELECT * FROM _migration_lock; SELECT VALUE id FROM user WHERE n = 400; INFO FOR DB",
    ),
  ];
}

describe.each(["mem", "surrealkv", "rocksdb", "ws"] as const)("a rehearsal on %s", (kind) => {
  test.each([
    ["that goes through", down, true],
    ["that fails in the middle", `${down}; THROW 'no'; DELETE user;`, false],
  ])("%s keeps nothing", async (_what, script, success) => {
    const store = atEnd(await makeStore(kind));
    const db = atEnd(await store.open());
    const migrations = await migrate(db, script);
    const before = await state(db);
    const plan = await createRollbackPlan(db, migrations, "1", { rehearse: true });
    expect(plan.rehearsal).toMatchObject({
      success,
      tables: success ? [{ table: "log" }, { table: "user" }] : [],
    });
    expect(await state(db)).toEqual(before);
    expect(await db.query("RETURN sequence::nextval('s')")).toEqual([7]);
  });
});

test("a rehearsal whose connection is lost keeps nothing", async () => {
  const server = await listen();
  atEnd({ [Symbol.asyncDispose]: () => server.close() });
  const open = (): Promise<Database> =>
    connect({ url: server.url, namespace: "library", database: "main" });
  const db = atEnd(await open());
  const plan = await createRollbackPlan(db, await migrate(db, down), "1");
  const before = await state(db);
  server.faults.cut = { text: "DELETE log", nth: 1, when: "after" };
  await expect(rehearseRollback(db, plan)).rejects.toMatchObject({ code: "CONNECTION.LOST" });
  expect(await state(atEnd(await open()))).toEqual(before);
});

test("over HTTP a rehearsal is refused", async () => {
  const store = atEnd(await makeStore("http"));
  const db = atEnd(await store.open());
  const migrations = await migrate(db, down);
  await expect(createRollbackPlan(db, migrations, "1", { rehearse: true })).rejects.toMatchObject({
    code: "EXECUTOR.REHEARSAL_UNSUPPORTED",
    category: "usage",
  });
});
