import { expect, test } from "vitest";
import type { RollbackIssue } from "@surql/safety-analyzer";
import type { Rehearsal } from "../src/index.ts";
import { weighRehearsal } from "../src/rehearsal/weigh-rehearsal.ts";

const clean: Rehearsal = {
  ground: "live",
  success: true,
  statements: [],
  tables: [],
  durationMs: 1,
};
const safe = { issues: [], overallSafety: "safe", requiresApproval: false } as const;
const deletion: RollbackIssue = {
  safety: "unsafe",
  code: "records_deleted",
  migration: "2",
  description: "Deletes records of user.",
  statement: "DELETE user WHERE a",
  object: { kind: "table", name: "user" },
  impact: { records: 2, exact: true },
};
const read = { issues: [deletion], overallSafety: "unsafe", requiresApproval: true } as const;

test("what both saw stays as it is", () => {
  const tables = [{ table: "user", before: 5, after: 3, lostIn: "2" }];
  const statements = [{ migration: "2", index: 0, statement: "DELETE user WHERE a", records: 2 }];
  expect(weighRehearsal(read, { ...clean, tables, statements })).toEqual(read);
  expect(weighRehearsal(safe, clean)).toEqual(safe);
  const grown = [
    { table: "log", before: 1, after: 2 },
    { table: "new", before: null, after: 3 },
  ];
  expect(weighRehearsal(safe, { ...clean, tables: grown })).toEqual(safe);
});

test("a failure is an issue of its own, before all others", () => {
  const failure = {
    message: "Migration 2 failed, statement 1, line 9: no.",
    migration: "2",
    statement: "THROW 'no'",
    reason: "no",
  };
  const { issues, overallSafety, requiresApproval } = weighRehearsal(read, {
    ...clean,
    success: false,
    failure,
  });
  expect(issues).toEqual([
    expect.objectContaining({
      safety: "unsafe",
      code: "rehearsal_failed",
      migration: "2",
      statement: "THROW 'no'",
      description: expect.stringContaining("statement 1, line 9: no."),
    }),
    deletion,
  ]);
  expect({ overallSafety, requiresApproval }).toEqual({
    overallSafety: "unsafe",
    requiresApproval: true,
  });
});

test.each([
  ["the records of a table", 0, "records_deleted", 4],
  ["some records of a table", 1, "records_deleted", 3],
  ["a table", null, "table_removed", 4],
])("%s that went unseen are unsafe", (_what, after, code, records) => {
  const tables = [{ table: "user", before: 4, after, lostIn: "3" }];
  expect(weighRehearsal(safe, { ...clean, tables })).toMatchObject({
    overallSafety: "unsafe",
    requiresApproval: true,
    issues: [
      {
        safety: "unsafe",
        code,
        migration: "3",
        object: { kind: "table", name: "user" },
        impact: { records, exact: true },
      },
    ],
  });
});

test("a table that went is more than its records that were read to go", () => {
  const tables = [{ table: "user", before: 2, after: null, lostIn: "2" }];
  const codes = weighRehearsal(read, { ...clean, tables }).issues.map(({ code }) => code);
  expect(codes).toEqual(["records_deleted", "table_removed"]);
});

test("the records of a view go with those it is computed from", () => {
  const tables = [{ table: "seen", before: 2, after: 1, isView: true as const, lostIn: "2" }];
  expect(weighRehearsal(safe, { ...clean, tables })).toEqual(safe);
});

test("the larger number stands, and says where it is from", () => {
  const raised = {
    impact: { records: 3, exact: true },
    description: expect.stringContaining("it was 3 records"),
  };
  const statements = [{ migration: "2", index: 0, statement: "DELETE user WHERE a", records: 3 }];
  expect(weighRehearsal(read, { ...clean, statements }).issues).toMatchObject([raised]);
  const tables = [{ table: "user", before: 4, after: 1, lostIn: "2" }];
  expect(weighRehearsal(read, { ...clean, tables }).issues).toMatchObject([raised]);
});

test("the number of a statement for several tables belongs to none of them", () => {
  const both = {
    ...read,
    issues: [deletion, { ...deletion, object: { kind: "table", name: "post" } }],
  };
  const statements = [{ migration: "2", index: 0, statement: "DELETE user WHERE a", records: 9 }];
  expect(weighRehearsal(both, { ...clean, statements }).issues).toEqual(both.issues);
});

test("policies hold for what the rehearsal adds", () => {
  const tables = [{ table: "log", before: 4, after: 0, lostIn: "3" }];
  const policies = [
    { code: "records_deleted", table: "log", level: "safe" as const, reason: "kept for a day" },
  ];
  expect(weighRehearsal(safe, { ...clean, tables }, policies).overallSafety).toBe("safe");
});
