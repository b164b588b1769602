import { afterEach, beforeEach, expect, test } from "vitest";
import { createRollbackPlan, executeRollback, type RollbackPlanOptions } from "../src/index.ts";
import { createProject, writeAndApply, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

/** Plans the way back from one migration, and looks that the database stays as it is. */
async function plan(up: string, down: string, options?: RollbackPlanOptions) {
  const migrations = await writeAndApply(project, { "1": { up, down } });
  const before = await project.digest();
  const made = await createRollbackPlan(project.db, migrations, "base", options);
  expect(await project.digest()).toBe(before);
  return made;
}

const people = "DEFINE TABLE user; CREATE user:1; CREATE user:2;";

test("a plan is run in a scratch engine, and says so", async () => {
  const made = await plan(people, "FOR $table IN ['user'] { REMOVE TABLE $table };");

  expect(made.issues).toMatchObject([
    { code: "unknown", evidence: { reading: true } },
    {
      code: "table_removed",
      object: { kind: "table", name: "user" },
      impact: { records: 2, exact: true },
      evidence: { reading: false, rehearsal: true },
    },
  ]);
  expect(made.schemaRehearsal).toMatchObject({ ground: "scratch", omitted: [], unproven: [] });
  expect(made.notes).toEqual(["Rehearsed in a scratch engine with the live schema."]);
  expect((await executeRollback(project.db, made, { force: true })).success).toBe(true);
});

test("it can be left out", async () => {
  const made = await plan(people, "REMOVE TABLE user", { scratch: false });
  expect(made.issues.map(({ evidence }) => evidence)).toEqual([undefined]);
  expect(made).not.toHaveProperty("schemaRehearsal");
});

test("what fails there says how to decide it, and the live database does", async () => {
  const up = "DEFINE TABLE user; FOR $n IN 0..5 { CREATE type::record('user', $n) };";
  const down = "IF array::len((SELECT * FROM user)) < 5 { THROW 'too few' }; REMOVE TABLE user;";
  const made = await plan(up, down);
  expect(made.issues[0]).toMatchObject({
    code: "rehearsal_failed",
    recommendation: "surql migrate plan-rollback base --rehearse",
  });
  expect(made.notes).toEqual([
    "Rehearsed in a scratch engine with the live schema and up to 3 records of each table.",
    expect.stringMatching(/^Shown nothing about: 1 line \d+ \(it failed: .*too few\)\.$/),
  ]);

  const migrations = await project.write({ "1": { up, down } });
  for (const options of [{ rehearse: true }, { scratch: { sample: 5 } }]) {
    const decided = await createRollbackPlan(project.db, migrations, "base", options);
    expect(decided.issues.map(({ code }) => code)).toEqual(["table_removed"]);
  }
});
