import { readFile, readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import MigrateCreate from "../../src/commands/migrate/create.ts";
import MigrateMerge from "../../src/commands/migrate/merge.ts";
import MigratePlanRollback from "../../src/commands/migrate/plan-rollback.ts";
import MigrateRollback from "../../src/commands/migrate/rollback.ts";
import MigrateStatus from "../../src/commands/migrate/status.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import MigrateValidate from "../../src/commands/migrate/validate.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

async function writeFork(two: string, three: string): Promise<void> {
  await writeMigration("1", "DEFINE TABLE user SCHEMAFULL;", "REMOVE TABLE user;");
  await writeMigration("2", two, "REMOVE FIELD bio ON user;", "depends_on: [1]");
  await writeMigration("3", three, "REMOVE FIELD age ON user;", "depends_on: [1]");
}

const bio = "DEFINE FIELD bio ON user TYPE option<string>;";
const age = "DEFINE FIELD age ON user TYPE option<int>;";

it("names the heads, and merges them into one that goes both ways safely", async () => {
  await writeFork(bio, age);
  expect((await runJson(MigrateValidate)).document).toMatchObject({ heads: ["2", "3"] });
  expect((await runJson(MigrateStatus)).document).toMatchObject({ heads: ["2", "3"] });
  for (const command of [MigrateStatus, MigrateValidate]) {
    const { stdout } = await runCommand(command);
    expect(stdout).toContain("2 heads: 2, 3. To bring them together: surql migrate merge");
  }
  const merged = await runJson(MigrateMerge);
  expect(merged).toMatchObject({ exitCode: 0, document: { heads: ["2", "3"], conflicts: [] } });
  const { version } = merged.document as { version: string };
  expect((await runJson(MigrateUp)).document).toMatchObject({ applied: ["1", "2", "3", version] });
  const valid = await runJson(MigrateValidate);
  expect(valid.document).toMatchObject({ valid: true, findings: [] });
  expect(valid.document).not.toHaveProperty("heads");
  expect((await runJson(MigratePlanRollback, "3")).document).toMatchObject({
    overallSafety: "safe",
    issues: [],
    migrations: [{ version }],
  });
  expect((await runJson(MigrateRollback, "3", "--yes")).document).toMatchObject({
    rolledBack: [version],
  });
  expect((await runCommand(MigrateMerge)).stdout).toContain("nothing to merge");
});

it("names what two branches make different in another order, and writes nothing", async () => {
  await writeFork(bio, "DEFINE FIELD OVERWRITE bio ON user TYPE string DEFAULT '';");
  const before = await readdir("migrations");
  const run = await runJson(MigrateMerge);
  expect(run).toMatchObject({
    exitCode: 4,
    document: {
      version: null,
      conflicts: [{ reason: "fails", versions: ["2"], path: "2" }],
      error: { code: "CLI.BRANCHES_CONFLICT" },
    },
  });
  expect(await readdir("migrations")).toEqual(before);
});

it("goes on over a conflict when told so", async () => {
  await writeMigration("1", "DEFINE TABLE user SCHEMAFULL;", "REMOVE TABLE user;");
  await writeMigration(
    "2",
    "DEFINE FIELD OVERWRITE bio ON user TYPE string;",
    "",
    "depends_on: [1]",
  );
  await writeMigration(
    "3",
    "DEFINE FIELD OVERWRITE bio ON user TYPE option<string>;",
    "",
    "depends_on: [1]",
  );
  const refused = await runCommand(MigrateMerge);
  expect(refused.exitCode).toBe(4);
  expect(refused.stdout).toContain("user.bio depends on which of 2 and 3 is applied first (2, 3).");
  expect((await runJson(MigrateMerge, "--accept-conflicts", "both")).exitCode).toBe(0);
  const file = (await readdir("migrations")).find((name) => name.endsWith("_both.surql"));
  const text = await readFile(`migrations/${file}`, "utf8");
  expect(text).toContain("-- depends_on: [2, 3]");
});

it("says what both branches change in the same way, and which cannot be tried", async () => {
  await writeFork(
    "DEFINE TABLE IF NOT EXISTS tag; DEFINE TABLE a;",
    "DEFINE TABLE IF NOT EXISTS tag; DEFINE TABLE b;",
  );
  const { stdout, exitCode } = await runCommand(MigrateMerge);
  expect([exitCode, stdout]).toEqual([
    0,
    expect.stringContaining("2 and 3 both change tag, and agree."),
  ]);
});

it("notes that both write the same records", async () => {
  await writeFork("UPDATE user SET name = 'a';", "UPDATE user SET name = 'b';");
  const { document } = await runJson(MigrateMerge);
  expect(document).toMatchObject({
    notes: [expect.stringContaining("2 and 3 both write records of user")],
  });
});

it("merges the heads that it is told, and only heads", async () => {
  await writeFork(bio, age);
  await writeMigration("4", "DEFINE TABLE c;", "REMOVE TABLE c;", "depends_on: [1]");
  expect((await runJson(MigrateMerge, "--heads", "1", "--heads", "2")).exitCode).toBe(2);
  expect((await runJson(MigrateMerge, "--heads", "9", "--heads", "2")).exitCode).toBe(2);
  const run = await runJson(MigrateMerge, "--heads", "2", "--heads", "4");
  expect(run.document).toMatchObject({ heads: ["2", "4"] });
  expect((await runJson(MigrateValidate)).document).toMatchObject({
    heads: [expect.stringMatching(/^\d{8}_/), "3"],
  });
});

it("writes the parent of a new migration down, so that two from one place are a branch", async () => {
  await runJson(MigrateCreate, "first");
  const [first] = (await readdir("migrations")).map((name) => name.slice(0, 15));
  const second = await runJson(MigrateCreate, "second");
  expect(second.document).toMatchObject({ dependsOn: [first] });
});

it("takes one branch back and leaves the other", async () => {
  await writeFork(bio, age);
  await runJson(MigrateUp);
  const plan = await runJson(MigratePlanRollback, "1", "--branch", "2");
  expect(plan.document).toMatchObject({ branch: "2", migrations: [{ version: "2" }] });
  expect(
    (await runJson(MigrateRollback, "1", "--branch", "2", "--force", "--yes")).document,
  ).toMatchObject({
    rolledBack: ["2"],
  });
  expect((await runJson(MigrateStatus)).document).toMatchObject({
    migrations: [
      { version: "1", state: "applied" },
      { version: "3", state: "applied" },
      { version: "2", state: "pending" },
    ],
  });
});
