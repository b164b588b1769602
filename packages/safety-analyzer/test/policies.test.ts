import { describe, expect, test } from "vitest";
import {
  analyzeSteps,
  applyPolicies,
  checkPolicies,
  judgeSteps,
  type RollbackIssue,
  type SafetyPolicy,
} from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

const removal: RollbackIssue = {
  safety: "data_loss",
  code: "field_removed",
  migration: "2",
  description: "Removes the field cache.x.",
  object: { kind: "field", table: "cache", name: "x" },
};

function levelBy(...policies: readonly Omit<SafetyPolicy, "reason" | "code">[]): string {
  const reasoned = policies.map((one) => ({ code: "field_removed", reason: "why", ...one }));
  return applyPolicies([removal], reasoned)[0]!.safety;
}

describe("a policy", () => {
  test("changes the level, and the issue keeps the old one and the reason", () => {
    const policies: SafetyPolicy[] = [{ code: "field_removed", level: "safe", reason: "a cache" }];
    expect(applyPolicies([removal], policies)).toEqual([
      { ...removal, safety: "safe", policy: { level: "data_loss", reason: "a cache" } },
    ]);
  });

  test("that changes nothing leaves no trace", () => {
    const policies: SafetyPolicy[] = [{ code: "field_removed", level: "data_loss", reason: "why" }];
    expect(applyPolicies([removal], policies)).toEqual([removal]);
  });

  test("is about its code, its table and its migration only", () => {
    expect(levelBy({ level: "unsafe", table: "cache", migration: "2" })).toBe("unsafe");
    expect(levelBy({ level: "unsafe", table: "other" })).toBe("data_loss");
    expect(levelBy({ level: "unsafe", migration: "3" })).toBe("data_loss");
    const other: SafetyPolicy = { code: "table_removed", level: "unsafe", reason: "why" };
    expect(applyPolicies([removal], [other])).toEqual([removal]);
  });

  test("that is narrower decides: table and migration, migration, table, code", () => {
    const byCode = { level: "unsafe" } as const;
    const byTable = { level: "safe", table: "cache" } as const;
    const byMigration = { level: "unsafe", migration: "2" } as const;
    const byBoth = { level: "safe", table: "cache", migration: "2" } as const;
    expect(levelBy(byCode, byTable)).toBe("safe");
    expect(levelBy(byTable, byMigration)).toBe("unsafe");
    expect(levelBy(byMigration, byBoth, byCode)).toBe("safe");
  });

  test("decides before another one that is as narrow and stands later", () => {
    expect(levelBy({ level: "safe" }, { level: "unsafe" })).toBe("safe");
  });

  test("does not decide twice", () => {
    const policies: SafetyPolicy[] = [{ code: "field_removed", level: "safe", reason: "why" }];
    const once = applyPolicies([removal], policies);
    expect(applyPolicies(once, policies)).toEqual(once);
  });

  test("never lowers what could not be judged", () => {
    const unknown: RollbackIssue = { ...removal, safety: "unsafe", code: "unknown" };
    const policies: SafetyPolicy[] = [{ code: "unknown", level: "safe", reason: "why" }];
    expect(applyPolicies([unknown], policies)).toEqual([unknown]);
  });

  test("shows no secret of its reason", () => {
    const reason = "DEFINE USER ada ON DATABASE PASSWORD 'hunter2'";
    const changed = applyPolicies([removal], [{ code: "field_removed", level: "safe", reason }]);
    expect(JSON.stringify(changed)).not.toContain("hunter2");
  });
});

describe("a plan under policies", () => {
  const steps = stepsOf("REMOVE TABLE cache");

  test("is as bad as the policies leave its worst issue", async () => {
    await using db = await openDatabase();
    await db.query("DEFINE TABLE cache; CREATE cache:1");
    const policies = [
      { code: "table_removed", table: "cache", level: "safe", reason: "rebuilt" },
    ] as const;
    expect(await analyzeSteps(db, steps, { policies })).toMatchObject({
      overallSafety: "safe",
      requiresApproval: false,
      issues: [{ safety: "safe", impact: { records: 1 }, policy: { level: "unsafe" } }],
    });
    expect(await analyzeSteps(db, steps)).toMatchObject({ overallSafety: "unsafe" });
  });

  test("needs an approval although it is safe, when a policy says so", () => {
    const policies = [
      { code: "table_removed", level: "safe", requireApproval: true, reason: "ask the team" },
    ] as const;
    expect(judgeSteps(steps, { policies })).toMatchObject({
      overallSafety: "safe",
      requiresApproval: true,
    });
  });

  test("stays unsafe for what must never run", () => {
    const policies = [{ code: "table_removed", level: "safe", reason: "why" }] as const;
    const verdict = judgeSteps(stepsOf("REMOVE TABLE cache; USE DB other"), { policies });
    expect(verdict.overallSafety).toBe("unsafe");
  });

  test("is not judged under policies that cannot be", async () => {
    const policies = [{ code: "irreversible", level: "safe", reason: "why" }] as const;
    expect(() => judgeSteps(steps, { policies })).toThrow(/policies\.0\.level cannot lower/);
    await using db = await openDatabase();
    await expect(analyzeSteps(db, steps, { policies })).rejects.toMatchObject({
      code: "SAFETY.INVALID_POLICY",
      category: "usage",
    });
  });
});

describe("what is wrong with policies", () => {
  test.each([
    ["policies.0.code", { code: "feild_removed", level: "safe", reason: "why" }],
    ["policies.0", { code: "field_removed", reason: "why" }],
    ["policies.0.level", { code: "rehearsal_failed", level: "data_loss", reason: "why" }],
    ["policies.0.level", { code: "field_removed", level: "fine", reason: "why" }],
    ["policies.0.requireApproval", { code: "field_removed", requireApproval: false, reason: "-" }],
    ["policies.0.reason", { code: "field_removed", level: "safe", reason: " " }],
  ])("is named by its path: %s of %j", (path, policy) => {
    // Not checked by the compiler: a configuration file is not.
    expect(checkPolicies([policy as SafetyPolicy])).toEqual([
      { path, problem: expect.any(String) },
    ]);
  });

  test.each([
    ["computed_down", "safe", []],
    ["held_at_once", "safe", []],
    ["not_computed", "safe", []],
    ["data_not_undone", "data_loss", ["policies.0.level"]],
    ["not_independent", "data_loss", ["policies.0.level"]],
    ["data_not_undone", "unsafe", []],
  ] as const)("is not that only plans have %s, but %s may be too low", (code, level, paths) => {
    const problems = checkPolicies([{ code, level, reason: "why" }]);
    expect(problems.map(({ path }) => path)).toEqual(paths);
  });

  test("is not that a rule of somebody else has the code", () => {
    const rule = { name: "no-events", codes: ["event_added"] };
    const policies = [{ code: "event_added", level: "safe", reason: "why" }] as const;
    expect(checkPolicies(policies, [rule])).toEqual([]);
    expect(checkPolicies(policies)).toHaveLength(1);
  });
});
