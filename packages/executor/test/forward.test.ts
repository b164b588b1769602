import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { applyMigrations, judgeMigrations } from "../src/index.ts";
import { createProject, writeAndApply, type File, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const made: Readonly<Record<string, File>> = {
  "1": {
    up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD bio ON user TYPE option<string>;",
    down: "REMOVE TABLE user;",
  },
};
const lossy: Readonly<Record<string, File>> = {
  "2": { up: "UPDATE user SET bio = 'none';" },
  "3": { up: "REMOVE FIELD bio ON user;", down: "DEFINE FIELD bio ON user TYPE option<string>;" },
};

describe("a dry run of applying", () => {
  test("says what would be lost, with counts, and what no rollback brings back", async () => {
    await writeAndApply(project, made);
    await project.db.query("CREATE user:1 SET bio = 'x'; CREATE user:2");
    const migrations = await project.write(lossy);
    const before = await project.digest();
    const result = await applyMigrations(project.db, migrations, { dryRun: true });
    expect(result).toMatchObject({ applied: [], overallSafety: "data_loss" });
    expect(result.planned.map(({ version }) => version)).toEqual(["2", "3"]);
    expect(result.issues).toMatchObject([
      {
        code: "records_changed",
        migration: "2",
        description: expect.stringMatching(/Rolling back does not bring the old values back\.$/),
      },
      { code: "field_removed", migration: "3", impact: { records: 1, exact: true } },
      { code: "writes_blocked", migration: "3" },
    ]);
    expect(await project.digest()).toBe(before);
  });

  test("loses nothing of what it makes itself", async () => {
    const migrations = await project.write({ ...made, ...lossy });
    const result = await applyMigrations(project.db, migrations, { dryRun: true });
    expect(result.issues?.map(({ code }) => code)).not.toContain("field_removed");
    expect(result.issues?.map(({ code }) => code)).not.toContain("irreversible");
  });

  test("does not speak of what was never there, of what is done already, nor of what is split", async () => {
    await writeAndApply(project, made);
    const removed = await project.write({ "2": { up: "REMOVE TABLE user;" } });
    const [issue] = (await applyMigrations(project.db, removed, { dryRun: true })).issues ?? [];
    expect(issue?.impact).toEqual({ records: 0, exact: true });
    expect(issue?.description).not.toContain("Rolling back");

    const up =
      "UPDATE user SET bio = 'x'; DEFINE INDEX bio_idx ON user FIELDS bio; DEFINE TABLE user;";
    const migrations = await project.write({ "2": { up } });
    const codes = async (): Promise<unknown> =>
      (await applyMigrations(project.db, migrations, { dryRun: true })).issues?.map(
        ({ code }) => code,
      );
    // That the last statement fails is what the rehearsal says, before and after.
    expect(await codes()).toEqual(["records_changed", "rehearsal_failed"]);
    await expect(applyMigrations(project.db, migrations)).rejects.toMatchObject({
      code: "EXECUTOR.PARTLY_APPLIED",
    });
    expect(await codes()).toEqual(["rehearsal_failed"]);
  });

  test("is judged under policies", async () => {
    await writeAndApply(project, made);
    await project.db.query("CREATE user:1 SET bio = 'x'");
    const migrations = await project.write({ "2": { up: "DELETE user;" } });
    const policies = [{ code: "records_deleted", level: "safe", reason: "test data" }] as const;
    expect(await applyMigrations(project.db, migrations, { dryRun: true, policies })).toMatchObject(
      {
        overallSafety: "safe",
        issues: [{ policy: { level: "unsafe", reason: "test data" } }],
      },
    );
  });

  test("with nothing to apply is safe; a run that is not dry says nothing of it", async () => {
    const migrations = await writeAndApply(project, made);
    expect(await applyMigrations(project.db, migrations, { dryRun: true })).toMatchObject({
      overallSafety: "safe",
      issues: [],
    });
    expect(await applyMigrations(project.db, migrations)).not.toHaveProperty("issues");
  });
});

describe("all migrations, judged without a database", () => {
  test("tell what they lose and which of them have no way back, in their order", async () => {
    const findings = judgeMigrations(await project.write({ ...made, ...lossy }));
    expect(findings.map(({ migration, direction, code }) => [migration, direction, code])).toEqual([
      ["2", "up", "records_changed"],
      ["2", "down", "irreversible"],
      ["3", "up", "field_removed"],
      ["3", "up", "writes_blocked"],
    ]);
    expect(findings[0]).not.toHaveProperty("impact");
  });

  test("are judged parents first, whatever their order", async () => {
    const migrations = await project.write({
      "0": { up: "DEFINE TABLE first;", down: "REMOVE TABLE first;" },
      "1": { up: "REMOVE TABLE user;", dependsOn: ["2"], down: "DEFINE TABLE user;" },
      "2": { up: "DEFINE TABLE user;", dependsOn: ["0"], down: "REMOVE TABLE user;" },
    });
    for (const given of [migrations, migrations.toReversed()]) {
      expect(judgeMigrations(given)).toMatchObject([{ migration: "1", code: "table_removed" }]);
    }
  });

  test("are under policies, those about ways back included", async () => {
    const migrations = await project.write(lossy);
    const policies = [
      { code: "field_removed", table: "user", level: "unsafe", reason: "people wrote it" },
      { code: "irreversible", requireApproval: true, reason: "ask the team" },
    ] as const;
    const findings = judgeMigrations(migrations, { policies });
    expect(findings.filter(({ policy }) => policy !== undefined)).toMatchObject([
      { code: "irreversible", policy: { requireApproval: true } },
      { code: "field_removed", safety: "unsafe", policy: { level: "data_loss" } },
    ]);
  });
});
