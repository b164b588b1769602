import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  type RollbackPlan,
} from "../src/index.ts";
import { hashOfPlan } from "../src/plan/plan-hash.ts";
import { createProject, writeAndApply, type File, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const approved = { force: true };

/** Makes a plan say that one of its transactions makes something else of the schema. */
function misled(plan: RollbackPlan, at: number, from: string, to: string): RollbackPlan {
  const transactions = plan.transactions.map((one, position) =>
    position === at ? (JSON.parse(JSON.stringify(one).replaceAll(from, to)) as typeof one) : one,
  );
  const misleading = { ...plan, transactions };
  return { ...misleading, hash: hashOfPlan(misleading) };
}

const split: Readonly<Record<string, File>> = {
  "1": {
    up: "DEFINE TABLE t; DEFINE FIELD a ON t TYPE int; CREATE t:1 SET a = 1;",
    down: "REMOVE TABLE t;",
  },
  "2": {
    up: "DEFINE TABLE x; UPDATE t SET a += 100;",
    down: "DEFINE PARAM $between VALUE 1; REMOVE TABLE x; UPDATE t SET a -= 100; DEFINE INDEX i ON t FIELDS a; REMOVE PARAM $between;",
  },
};

describe("of a plan in several transactions", () => {
  test("each says what it makes of the schema, what is there only in between as well", async () => {
    const plan = await createRollbackPlan(project.db, await writeAndApply(project, split), "1");
    expect(plan.transactions).toMatchObject([
      { makes: [{ path: "$between" }, { path: "x", text: null }] },
      { makes: [{ path: "$between", text: null }, { path: "t.i" }] },
    ]);
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({ success: true });
  });

  test("the first is not committed when it makes something else", async () => {
    const plan = await createRollbackPlan(project.db, await writeAndApply(project, split), "1");
    const before = await project.digest();
    const wrong = misled(plan, 0, `"name":"x"`, `"name":"y"`);
    await expect(executeRollback(project.db, wrong, approved)).rejects.toMatchObject({
      code: "EXECUTOR.VERIFICATION_FAILED",
      category: "state",
      message: expect.stringContaining("Nothing was committed"),
      meta: {
        discrepancies: [{ path: "x", expected: expect.stringContaining("TABLE x"), found: null }],
      },
    });
    expect(await project.digest()).toBe(before);
  });

  test("the next notices what somebody made of the work of the first", async () => {
    const plan = await createRollbackPlan(project.db, await writeAndApply(project, split), "1");
    const other = await project.connectAgain();
    const transact = project.db.transact.bind(project.db);
    let count = 0;
    const meddled = new Proxy(project.db, {
      get: (db, key) =>
        key === "transact"
          ? async (...args: Parameters<typeof transact>) => {
              const text = JSON.stringify(args[0]);
              if (text.includes("DEFINE INDEX i") && count++ === 0)
                await other.query("DEFINE TABLE x");
              return transact(...args);
            }
          : (Reflect.get(db, key, db) as unknown),
    });
    await expect(executeRollback(meddled, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.VERIFICATION_FAILED",
      category: "partial",
      why: expect.stringContaining("x: expected nothing, found DEFINE TABLE x"),
      meta: { committed: false },
    });
  });
});

describe("of a migration with a snapshot that takes several transactions", () => {
  const extra = "IF (SELECT VALUE id FROM t) != [] { DEFINE FIELD extra ON t TYPE option<int> };";

  test.each([
    [
      "the first",
      `${extra} UPDATE t SET a = 2; DEFINE INDEX i ON t FIELDS a;`,
      "state",
      "Nothing of it",
    ],
    [
      "the last",
      `UPDATE t SET a = 2; DEFINE INDEX i ON t FIELDS a; ${extra}`,
      "partial",
      "before that are",
    ],
  ])("%s is not committed when it makes something else", async (_which, up, category, words) => {
    await writeAndApply(project, { "1": split["1"]! });
    const migrations = await project.write({ "2": { up } });
    const options = { autoSnapshot: true };
    await expect(applyMigrations(project.db, migrations, options)).rejects.toMatchObject({
      code: "EXECUTOR.VERIFICATION_FAILED",
      category,
      message: expect.stringContaining(words),
      meta: { discrepancies: [{ path: "t.extra", expected: null }] },
    });
    const [info] = await project.db.query("RETURN (INFO FOR TABLE t).fields.keys()");
    expect(info).toEqual(["a"]);
    const accepted = { ...options, acceptDifference: true };
    expect((await applyMigrations(project.db, migrations, accepted)).applied).toEqual(["2"]);
  });
});

test("without a transaction it stops behind the part that made something else", async () => {
  const migrations = await writeAndApply(project, {
    "1": { up: "DEFINE TABLE t;", down: "REMOVE TABLE t;" },
    "2": {
      up: "DEFINE TABLE a;",
      down: "IF (SELECT VALUE id FROM t) != [] { DEFINE TABLE oops } ELSE { REMOVE TABLE a };",
      head: ["-- transaction: none"],
    },
  });
  await project.db.query("CREATE t:1");
  const plan = await createRollbackPlan(project.db, migrations, "base");
  await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
    code: "EXECUTOR.VERIFICATION_FAILED",
    category: "partial",
    message: expect.stringContaining("nothing more was run"),
    meta: {
      discrepancies: [{ path: "a", expected: null, found: expect.stringContaining("TABLE a") }],
    },
  });
  expect(await project.versions()).toEqual(["1"]);
});
