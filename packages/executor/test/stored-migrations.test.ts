import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  applyMigrations,
  createRollbackPlan,
  executeMigration,
  executeRollback,
  storedMigrations,
} from "../src/index.ts";
import { blog, createProject, writeAndApply, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

describe("the scripts that the database keeps", () => {
  test("are those of the files, down to the line", async () => {
    const migrations = await writeAndApply(project, {
      ...blog,
      "4": { up: "DEFINE TABLE a;", head: ["-- irreversible: no way"], dependsOn: ["2", "3"] },
      "5": { up: "DEFINE TABLE b;", down: "REMOVE TABLE b;", head: ["-- transaction: none"] },
    });
    const stored = await storedMigrations(project.db);
    for (const [index, migration] of migrations.entries()) {
      const { up, down, parents, checksum, description, irreversible, transaction } = migration;
      expect(stored[index]).toMatchObject({
        up,
        down,
        parents,
        checksum,
        description,
        transaction,
        withheld: [],
        path: `_migration_history:${migration.version}`,
      });
      expect(stored[index]?.irreversible).toBe(irreversible);
    }
  });

  test("undo everything without a file, to the same plan as the files do", async () => {
    const empty = await project.schemaSum();
    const migrations = await writeAndApply(project);
    const fromFiles = await createRollbackPlan(project.db, migrations, "base");
    const plan = await createRollbackPlan(project.db, await storedMigrations(project.db), "base");
    expect(plan.issues).toEqual(fromFiles.issues);
    expect(await executeRollback(project.db, plan, { force: true })).toMatchObject({
      success: true,
      rolledBack: ["3", "2", "1"],
    });
    expect(await project.schemaSum()).toBe(empty);
  });

  test.each([
    "SET script = string::replace(script, 'REMOVE FIELD bio ON user', 'REMOVE TABLE user')",
    `SET script = string::replace(script, '"transaction":"required"', '"transaction":"none"')`,
    "SET script = { down: [] }",
    "SET script = 'DROP'",
    "SET checksum = 'another'",
  ])("are refused when somebody edited them: %s", async (edit) => {
    await writeAndApply(project);
    await project.db.query(`UPDATE _migration_history ${edit} WHERE version = '2'`);
    await expect(storedMigrations(project.db)).rejects.toMatchObject({
      code: "HISTORY.STORED_SCRIPT_CHANGED",
      category: "state",
      meta: { versions: ["2"] },
    });
  });

  test("are irreversible where another tool stored none", async () => {
    await writeAndApply(project);
    await project.db.query("UPDATE _migration_history SET script = NONE WHERE version != '3'");
    const stored = await storedMigrations(project.db);
    expect((await createRollbackPlan(project.db, stored, "2")).issues).toEqual([]);
    const plan = await createRollbackPlan(project.db, stored, "1");
    await expect(executeRollback(project.db, plan, { force: true })).rejects.toMatchObject({
      code: "EXECUTOR.NOT_REVERSIBLE",
      why: expect.stringContaining("stored no scripts"),
    });
  });
});

describe("a secret", () => {
  const secret = "correct horse";
  const user = (name: string) => `DEFINE USER ${name} ON DATABASE PASSWORD '${secret}';`;

  test("is not stored, and its script is never run without it", async () => {
    const migrations = await writeAndApply(project, {
      "1": { up: user("ada"), down: "REMOVE USER ada ON DATABASE;" },
      "2": { up: "REMOVE USER ada ON DATABASE;", down: user("ada") },
    });
    expect(await project.digest()).not.toContain(secret);
    const stored = await storedMigrations(project.db);
    expect(stored.map(({ withheld }) => withheld)).toEqual([["up"], ["down"]]);
    const refusal = {
      code: "EXECUTOR.SECRET_WITHHELD",
      category: "state",
      meta: { versions: ["2"], direction: "down" },
    };
    await expect(createRollbackPlan(project.db, stored, "1")).rejects.toMatchObject(refusal);
    const [, second] = stored;
    if (second === undefined) throw new Error("it was applied");
    await expect(executeMigration(project.db, second, "down")).rejects.toMatchObject(refusal);

    const plan = await createRollbackPlan(project.db, migrations, "1");
    expect(await executeRollback(project.db, plan, { force: true })).toMatchObject({
      success: true,
    });
    await expect(
      applyMigrations(project.db, [...(await storedMigrations(project.db)), second]),
    ).resolves.toMatchObject({ applied: ["2"] });
    expect((await storedMigrations(project.db))[1]).toMatchObject({ withheld: ["down"] });
  });
});
