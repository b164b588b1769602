import { writeFile } from "node:fs/promises";
import { connect, listEvents } from "surql";
import { beforeEach, describe, expect, it } from "vitest";
import MigratePlanRollback from "../../src/commands/migrate/plan-rollback.ts";
import MigrateRollback from "../../src/commands/migrate/rollback.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import MigrateValidate from "../../src/commands/migrate/validate.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

const database = { url: "surrealkv://db", namespace: "n", database: "d" };
const allowed = { code: "table_removed", table: "cache", level: "safe", reason: "Rebuilt nightly" };

async function configure(...policies: readonly object[]): Promise<void> {
  await writeFile("surql.config.json", JSON.stringify({ ...database, policies }));
}

describe("a rollback under policies", () => {
  beforeEach(async () => {
    await configure(allowed);
    await writeMigration("1", "DEFINE TABLE cache; CREATE cache:1", "REMOVE TABLE cache");
    await runCommand(MigrateUp);
  });

  it("shows what was decided, and what the analysis said", async () => {
    const { stdout } = await runCommand(MigratePlanRollback, "base");
    expect(stdout).toContain("Safety: SAFE");
    expect(stdout).toMatch(
      /SAFE 1 table_removed: .*\n(.*\n)* {6}Policy: lowered from unsafe: Rebuilt nightly\n/,
    );
    const { document } = await runJson(MigratePlanRollback, "base");
    expect(document).toMatchObject({
      isSafe: true,
      requiresApproval: false,
      issues: [{ safety: "safe", policy: { level: "unsafe", reason: "Rebuilt nightly" } }],
    });
  });

  it("is recorded with them", async () => {
    const run = await runJson(MigrateRollback, "base", "--yes");
    expect(run).toMatchObject({ exitCode: 0, document: { success: true } });
    const db = await connect(database);
    expect((await listEvents(db)).at(-1)?.approval).toMatchObject({
      level: "safe",
      policies: [{ code: "table_removed", from: "unsafe", to: "safe", reason: "Rebuilt nightly" }],
    });
    await db.close();
  });

  it("wants the approval that a policy demands", async () => {
    await configure({ ...allowed, requireApproval: true });
    const { stdout } = await runCommand(MigratePlanRollback, "base");
    expect(stdout).toContain("Policy: lowered from unsafe and wants an approval: Rebuilt nightly");
    const refused = await runJson(MigrateRollback, "base", "--yes");
    expect(refused.exitCode).toBe(3);
    expect(refused.document).toMatchObject({ error: { code: "EXECUTOR.APPROVAL_REQUIRED" } });
    expect((await runJson(MigrateRollback, "base", "--yes", "--force")).exitCode).toBe(0);
  });

  it("leaves a plan as it was approved when policies change", async () => {
    await runCommand(MigratePlanRollback, "base", "--output", "plan.json");
    await configure({ ...allowed, reason: "Another" });
    const done = await runJson(MigrateRollback, "--plan", "plan.json", "--yes");
    expect(done.document).toMatchObject({
      success: true,
      plan: { issues: [{ policy: { reason: allowed.reason } }] },
    });
  });
});

describe("policies that cannot be", () => {
  it.each([
    ["policies.0.code is not one of", { ...allowed, code: "table_gone" }],
    ["policies.0.level must be one of safe, data_loss, unsafe", { ...allowed, level: "fine" }],
    ["policies.0.level cannot lower unknown", { ...allowed, code: "unknown" }],
    ["policies.0.reason is missing", { code: "unknown", level: "unsafe" }],
    ["policies.0.reason must not be empty", { ...allowed, reason: "" }],
    ["policies.0.why is not a key of a policy", { ...allowed, why: "hunter2" }],
    ["policies.0.requireApproval must be true", { ...allowed, requireApproval: false }],
    ["policies.0 must have a level or requireApproval", { code: "unknown", reason: "why" }],
  ])("are named by their path: %s", async (words, policy) => {
    await configure(policy);
    const { exitCode, document, stdout } = await runJson(MigrateValidate);
    expect(exitCode).toBe(2);
    expect(document).toMatchObject({ error: { code: "CONFIG.INVALID" } });
    expect(stdout).toContain(words);
    expect(stdout).not.toContain("hunter2");
  });
});
