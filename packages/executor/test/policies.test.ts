import { listEvents } from "@surql/history";
import { builtInRules, defineRule, type SafetyPolicy } from "@surql/safety-analyzer";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  type RollbackPlan,
} from "../src/index.ts";
import { createProject, writeAndApply, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const allowed: SafetyPolicy = {
  code: "table_removed",
  table: "user",
  level: "safe",
  reason: "a cache",
};
const watched: SafetyPolicy = { ...allowed, requireApproval: true };

/** The way back to before the table `user`, under policies. */
async function plan(...policies: readonly SafetyPolicy[]): Promise<RollbackPlan> {
  return createRollbackPlan(project.db, await writeAndApply(project), "base", { policies });
}

describe("a rollback under policies", () => {
  test("needs no approval for what they allow, and the event says who allowed what, and why", async () => {
    const allowing = await plan(allowed);
    expect(allowing).toMatchObject({
      isSafe: true,
      hasDataLoss: false,
      requiresApproval: false,
      issues: [{ safety: "safe", policy: { level: "unsafe", reason: "a cache" } }],
    });
    expect((await executeRollback(project.db, allowing)).success).toBe(true);
    expect((await listEvents(project.db)).at(-1)?.approval).toEqual({
      level: "safe",
      issues: ["table_removed"],
      policies: [
        {
          code: "table_removed",
          migration: "1",
          object: { kind: "table", name: "user" },
          from: "unsafe",
          to: "safe",
          reason: "a cache",
        },
      ],
    });
  });

  test("is refused although it is safe, when one of them demands an approval", async () => {
    const demanding = await plan(watched);
    expect(demanding).toMatchObject({ overallSafety: "safe", requiresApproval: true });
    await expect(executeRollback(project.db, demanding)).rejects.toMatchObject({
      code: "EXECUTOR.APPROVAL_REQUIRED",
      why: expect.stringContaining("A policy demands an approval of table_removed: a cache"),
    });
    expect((await executeRollback(project.db, demanding, { force: true })).success).toBe(true);
    expect((await listEvents(project.db)).at(-1)?.approval?.policies).toMatchObject([
      { requireApproval: true },
    ]);
  });

  test("is another plan when what they decide is another, or the reason", async () => {
    const prints = new Set<string>();
    for (const policies of [[], [allowed], [watched], [{ ...allowed, reason: "another" }]]) {
      prints.add((await plan(...policies)).fingerprint);
    }
    expect(prints.size).toBe(4);
  });

  test("is refused as edited when its demand was taken out", async () => {
    const edited = { ...(await plan(watched)), requiresApproval: false };
    await expect(executeRollback(project.db, edited)).rejects.toMatchObject({
      code: "EXECUTOR.PLAN_EDITED",
    });
  });
});

describe("what only a plan says", () => {
  test("of what its transaction holds is decided by policies too, and counts", async () => {
    const migrations = await project.write({
      "1": { up: "DEFINE TABLE note; CREATE note:1", down: "UPDATE note SET a = 1" },
    });
    await applyMigrations(project.db, migrations);
    const level = "safe";
    const policies = (...demanding: readonly SafetyPolicy[]): readonly SafetyPolicy[] => [
      { code: "records_changed", level, reason: "a cache" },
      ...demanding,
    ];
    const planBy = (some: readonly SafetyPolicy[]): Promise<RollbackPlan> =>
      createRollbackPlan(project.db, migrations, "base", {
        preserve: true,
        batchAbove: 0,
        policies: some,
      });
    const lowered = await planBy(policies());
    expect(lowered).toMatchObject({ overallSafety: "safe", requiresApproval: false });
    const raised = policies({ code: "held_at_once", level: "unsafe", reason: "Keep it" });
    expect(await planBy(raised)).toMatchObject({
      overallSafety: "unsafe",
      requiresApproval: true,
      issues: [
        { code: "records_changed", safety: "safe" },
        { code: "held_at_once", safety: "unsafe", policy: { level: "safe", reason: "Keep it" } },
      ],
    });
  });

  test("of a computed way back is decided by policies too", async () => {
    const migrations = await project.write({
      "1": { up: "DEFINE TABLE user", down: "REMOVE TABLE user" },
      "2": { up: "DEFINE FIELD bio ON user TYPE option<string>" },
    });
    await applyMigrations(project.db, migrations, { autoSnapshot: true });
    const policies: readonly SafetyPolicy[] = [
      { code: "field_removed", level: "safe", reason: "Nobody has one" },
      { code: "computed_down", requireApproval: true, reason: "Somebody reads it" },
    ];
    const options = { fromSnapshots: true, policies };
    expect(await createRollbackPlan(project.db, migrations, "1", options)).toMatchObject({
      overallSafety: "safe",
      requiresApproval: true,
    });
  });
});

test("a rollback is judged by the rules that it is given", async () => {
  const noIndexLost = defineRule({
    name: "no-index-lost",
    codes: ["index_removed"],
    judgeTouch({ touch }) {
      if (touch.effect !== "remove" || touch.object.kind !== "index") return [];
      const { table, name } = touch.object;
      const tell = () => ({ description: `Queries get slow without ${name}.` });
      return [
        {
          safety: "data_loss",
          code: "index_removed",
          object: { kind: "index", table, name },
          tell,
        },
      ];
    },
  });
  const options = {
    rules: [...builtInRules, noIndexLost],
    policies: [{ code: "index_removed", level: "unsafe", reason: "Slow is down." } as const],
  };
  const { issues } = await createRollbackPlan(
    project.db,
    await writeAndApply(project),
    "2",
    options,
  );
  expect(issues).toMatchObject([
    {
      code: "index_removed",
      safety: "unsafe",
      object: { table: "user", name: "name_idx" },
      policy: { level: "data_loss" },
    },
  ]);
});
