import { afterEach, beforeEach, expect, test } from "vitest";
import type { Migration } from "@surql/migration";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  restoreQuarantined,
} from "../../src/index.ts";
import { createProject, type Project } from "../project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

async function goBack(migrations: readonly Migration[], target: string): Promise<void> {
  const plan = await createRollbackPlan(project.db, migrations, target, { preserve: true });
  const { errors } = await executeRollback(project.db, plan, { force: true });
  expect(errors).toStrictEqual([]);
}

test.each([100_000, 0])(
  "another table that the engine cannot read is no obstacle (in batches above %d)",
  async (batchAbove) => {
    const migrations = await project.write({
      "1": { up: "DEFINE TABLE user", down: "REMOVE TABLE user" },
      "2": { up: "DEFINE FIELD bio ON user TYPE option<string>", down: "REMOVE FIELD bio ON user" },
    });
    await applyMigrations(project.db, migrations);
    await project.db.query("CREATE user:1 SET bio = 'a', n = 1");
    await project.db.query("DEFINE TABLE odd; DEFINE FIELD `select` ON odd").catch(() => []);
    await goBack(migrations, "base");
    const result = await applyMigrations(project.db, migrations, { restore: "theirs", batchAbove });
    expect(result.restored).toHaveLength(2);
    expect(await project.rows("user")).toMatchObject([{ bio: "a", n: 1 }]);
    await goBack(migrations, "1");
    await restoreQuarantined(project.db, undefined, { rule: "ours", dryRun: true, batchAbove });
    await restoreQuarantined(project.db, undefined, { rule: "ours", batchAbove });
  },
);

test.each([100_000, 0])(
  "records of a SCHEMAFULL table come back beside computed objects (in batches above %d)",
  async (batchAbove) => {
    const migrations = await project.write({
      "1": {
        up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD n ON user TYPE int; DEFINE FIELD o ON user COMPUTED { a: 1 };",
        down: "REMOVE TABLE user",
      },
      "2": {
        up: "DEFINE FIELD bio ON user TYPE option<string>",
        down: "UPDATE user SET n = 3; REMOVE FIELD bio ON user",
      },
    });
    await applyMigrations(project.db, migrations);
    await project.db.query("CREATE user:1 SET n = 1, bio = 'a'");
    const records = await project.rows("user");
    await goBack(migrations, "1");
    await applyMigrations(project.db, migrations, { restore: "ours", batchAbove });
    expect(await project.rows("user")).toStrictEqual(records);
    await goBack(migrations, "base");
    await applyMigrations(project.db, migrations, { restore: "ours", batchAbove });
    expect(await project.rows("user")).toStrictEqual(records);
    await project.db.query("UPDATE user SET n = 2");
  },
);
