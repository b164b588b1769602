import { expect, describe, test } from "vitest";
import { listEvents } from "@surql/history";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  readPlan,
  serializePlan,
  type RollbackPlan,
} from "../src/index.ts";
import { hashOfPlan } from "../src/plan/plan-hash.ts";
import { beforeItCommits } from "./meddled.ts";
import { blog, createProject, writeAndApply, type File } from "./project.ts";

const approved = { force: true };

/** A plan whose rehearsal would have given something else. */
function misled(plan: RollbackPlan, change: (text: string) => string): RollbackPlan {
  const text = JSON.stringify(plan.outcome);
  const misleading = { ...plan, outcome: JSON.parse(change(text)) as RollbackPlan["outcome"] };
  return { ...misleading, hash: hashOfPlan(misleading) };
}

describe("before it is committed, a rollback is compared with its rehearsal", () => {
  test.each([
    [
      "something that should be there",
      `"hash":null,"text":null`,
      `"hash":"0","text":"DEFINE FIELD bio"`,
      "user.bio",
    ],
    [
      "something that should have stayed",
      /"objects":\[.*\],"unknown"/,
      `"objects":[],"unknown"`,
      "user.bio",
    ],
  ])("%s", async (_what, from, to, path) => {
    await using project = await createProject();
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "1");
    const before = await project.digest();
    await expect(
      executeRollback(
        project.db,
        misled(plan, (text) => text.replace(from, to)),
        approved,
      ),
    ).rejects.toMatchObject({
      code: "EXECUTOR.VERIFICATION_FAILED",
      category: "state",
      message: expect.stringContaining("Nothing was committed"),
      meta: { discrepancies: expect.arrayContaining([expect.objectContaining({ path })]) },
    });
    expect(await project.digest()).toBe(before);
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({ success: true });
  });

  test("a statement that does another thing than it did", async () => {
    await using project = await createProject();
    const files: Readonly<Record<string, File>> = {
      ...blog,
      "4": {
        up: "DEFINE TABLE flag",
        down: "IF (SELECT VALUE id FROM flag) != [] { DEFINE FIELD oops ON other TYPE int } ELSE { REMOVE FIELD bio ON user }",
      },
    };
    const migrations = await writeAndApply(project, files);
    const plan = await createRollbackPlan(project.db, migrations, "3");
    await project.db.query("CREATE flag:1");
    const before = await project.digest();
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.VERIFICATION_FAILED",
      meta: {
        discrepancies: expect.arrayContaining([
          { path: "user.bio", expected: null, found: expect.stringContaining("DEFINE FIELD bio") },
          { path: "other.oops", expected: null, found: expect.stringContaining("TYPE int") },
        ]),
      },
    });
    expect(await project.digest()).toBe(before);
    // With all records, the rehearsal does what the rollback does.
    const seen = await createRollbackPlan(project.db, migrations, "3", { rehearse: true });
    expect(await executeRollback(project.db, seen, approved)).toMatchObject({ success: true });
  });

  test("in several transactions, the last one says whether all is as planned", async () => {
    await using project = await createProject();
    const migrations = await writeAndApply(project, {
      ...blog,
      "4": {
        up: "REMOVE FIELD bio ON user",
        down: "DEFINE FIELD bio ON user TYPE option<string>; UPDATE user SET bio = 'x'; DEFINE INDEX b ON user FIELDS bio; REMOVE INDEX b ON user",
      },
    });
    const plan = await createRollbackPlan(project.db, migrations, "3");
    expect(plan.transactions).toHaveLength(2);
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({ success: true });
  });
});

/** Lets `change` happen right before the transaction of the rollback. */
async function changedMeanwhile(change: string, base: Readonly<Record<string, File>> = blog) {
  const project = await createProject();
  const plan = await createRollbackPlan(project.db, await writeAndApply(project, base), "base");
  const other = await project.connectAgain();
  let changed = false;
  const { db } = project;
  const meddled = new Proxy(db, {
    get(target, key) {
      if (key !== "transact") return Reflect.get(target, key) as unknown;
      return async (script: readonly { readonly text: string }[], bindings: object) => {
        if (!changed && script.some(({ text }) => text.includes("__surql_before"))) {
          changed = true;
          await other.query(change);
        }
        return target.transact(script, bindings as never);
      };
    },
  });
  return { project, run: () => executeRollback(meddled, plan, approved) };
}

describe("somebody who changes the schema by hand", () => {
  test("between the check and the transaction is noticed where it matters", async () => {
    const { project, run } = await changedMeanwhile("DEFINE FIELD age ON user TYPE option<int>");
    await using _ = project;
    await expect(run()).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
      meta: { changes: [{ path: "user.age", change: "added" }] },
    });
    expect(await project.versions()).toEqual(["1", "2", "3"]);
  });

  test("and does not stop it where it does not", async () => {
    const { project, run } = await changedMeanwhile(
      "DEFINE TABLE unrelated; DEFINE FIELD a ON unrelated",
    );
    await using _ = project;
    expect(await run()).toMatchObject({ success: true, rolledBackCount: 3 });
    expect((await listEvents(project.db)).filter(({ kind }) => kind === "rollback")).toHaveLength(
      1,
    );
  });

  test("while the transaction runs makes it conflict, and the next try sees it", async () => {
    await using project = await createProject();
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "base");
    const other = await project.connectAgain();
    const meddling: Promise<unknown>[] = [];
    const db = beforeItCommits(project.db, "__surql_before", () => {
      meddling.push(other.query("DEFINE FIELD age ON user TYPE option<int>"));
      return Promise.all(meddling);
    });
    await expect(executeRollback(db, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
    });
    expect(meddling).toHaveLength(1);
    expect(await project.versions()).toEqual(["1", "2", "3"]);
  });
});

test("tables that the engine refuses to show, and secrets, do not stand in its way", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await writeAndApply(project, {
    ...blog,
    "4": {
      up: "DEFINE USER ada ON DATABASE PASSWORD 'one' ROLES VIEWER; DEFINE ACCESS a ON DATABASE TYPE JWT ALGORITHM HS512 KEY 'k1'",
      down: "DEFINE USER OVERWRITE ada ON DATABASE PASSWORD 'hunter2' ROLES EDITOR; REMOVE ACCESS a ON DATABASE",
    },
  });
  await db.query("DEFINE TABLE bricked; DEFINE FIELD `select` ON bricked TYPE int");
  const text = serializePlan(await createRollbackPlan(db, migrations, "3"));
  expect(text).not.toMatch(/hunter2|argon2id/);
  const plan = readPlan(text);
  const result = await executeRollback(db, plan, { ...approved, migrations });
  expect(result).toMatchObject({ success: true });
  expect(await project.versions()).toEqual(["1", "2", "3"]);
});

describe("a migration with a snapshot", () => {
  const dependent =
    "IF (SELECT count() FROM user GROUP ALL)[0].count > 0 { DEFINE FIELD extra ON user TYPE option<int> }";

  test("is committed only when the schema becomes what its rehearsal gave", async () => {
    await using project = await createProject();
    const migrations = await project.write({
      "20260101_000000": { up: "DEFINE TABLE user; CREATE user:1", down: "REMOVE TABLE user" },
      "20260102_000000": { up: dependent, down: "REMOVE FIELD IF EXISTS extra ON user" },
    });
    const options = { autoSnapshot: true };
    await applyMigrations(project.db, migrations, { ...options, steps: 1 });
    const before = await project.schemaSum();
    await expect(applyMigrations(project.db, migrations, options)).rejects.toMatchObject({
      code: "EXECUTOR.VERIFICATION_FAILED",
      meta: { discrepancies: [{ path: "user.extra", expected: null }] },
    });
    expect(await project.schemaSum()).toBe(before);
    expect(await project.versions()).toStrictEqual(["20260101_000000"]);

    const accepted = { ...options, acceptDifference: true };
    const { snapshots } = await applyMigrations(project.db, migrations, accepted);
    expect(snapshots).toStrictEqual(["20260102_000000"]);
  });
});

describe("a plan of the same process", () => {
  test("is frozen, and a copy of it that was changed is refused", async () => {
    await using project = await createProject();
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "1");
    const [migration] = plan.migrations;
    expect(() => Object.assign(migration ?? {}, { statements: [] })).toThrow(TypeError);
    await expect(
      executeRollback(project.db, { ...plan, issues: [], requiresApproval: false }),
    ).rejects.toMatchObject({ code: "EXECUTOR.PLAN_EDITED" });
  });

  test.each([
    ["a field of a table that goes", "DEFINE FIELD age ON user TYPE option<int>", "user.age"],
    ["a row of the ledger", "UPDATE _migration_history SET checksum = 'x'", "history 3"],
    ["a definition", "DEFINE FIELD OVERWRITE bio ON user TYPE option<int>", "user.bio"],
  ])("is refused when this has changed since: %s", async (_what, change, path) => {
    await using project = await createProject();
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "base");
    await project.db.query(change);
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
      meta: { changes: expect.arrayContaining([expect.objectContaining({ path })]) },
    });
    expect(await project.versions()).toEqual(["1", "2", "3"]);
  });

  test("reads the schema in no query but that of its transaction", async () => {
    await using project = await createProject();
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "base");
    const asked: string[] = [];
    const listening = new Proxy(project.db, {
      get(target, key) {
        if (key !== "query") return Reflect.get(target, key) as unknown;
        return (sql: string, bindings: object) => {
          asked.push(sql);
          return target.query(sql, bindings as never);
        };
      },
    });
    expect(await executeRollback(listening, plan, approved)).toMatchObject({ success: true });
    expect(asked.filter((sql) => /INFO FOR|FROM _migration_history$/.test(sql))).toEqual([]);
  });

  test("takes the rows of the ledger out that stand under another id", async () => {
    await using project = await createProject();
    const migrations = await writeAndApply(project);
    await project.db.query(
      "LET $row = (DELETE _migration_history WHERE version = '3' RETURN BEFORE)[0]; CREATE _migration_history:elsewhere CONTENT object::remove($row, 'id')",
    );
    const plan = await createRollbackPlan(project.db, migrations, "1");
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({ success: true });
    expect(await project.versions()).toEqual(["1"]);
  });
});
