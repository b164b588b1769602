import { randomUUID } from "node:crypto";
import { connect, recordEvent } from "surql";
import { beforeEach, expect, it } from "vitest";
import MigrateRepair from "../../src/commands/migrate/repair.ts";
import MigrateStatus from "../../src/commands/migrate/status.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

beforeEach(async () => {
  await writeMigration("1", "DEFINE TABLE a", "REMOVE TABLE a");
  await runCommand(MigrateUp);
});

/** What a runner leaves that dies right after it began a statement, or before it checked an index. */
async function leave(what: "statement" | "index"): Promise<void> {
  await using db = await connect({
    url: "surrealkv://.surql/database",
    namespace: "development",
    database: "main",
  });
  const progress = {
    version: "2",
    direction: "up",
    statementsDone: 1,
    statements: 2,
    unsettled: { text: "CREATE a:1", line: 7 },
  } as const;
  const common = { kind: "apply", actor: "ada", versions: [] } as const;
  const { script, bindings } = recordEvent(
    randomUUID(),
    what === "statement"
      ? { ...common, result: "begun", progress }
      : { ...common, result: "done", indexes: [{ table: "a", name: "i", inBackground: false }] },
  );
  await db.transact(script, bindings);
}

it("says that there is nothing to repair", async () => {
  expect(await runCommand(MigrateRepair)).toMatchObject({
    stdout: "Nothing to repair.\n",
    exitCode: 0,
  });
});

it("wants to be told whether a statement ran; until then up and status say that it is not known", async () => {
  await writeMigration("2", "DEFINE TABLE b;\nCREATE a:1", "", "transaction: none");
  await leave("statement");
  expect(await runJson(MigrateUp)).toMatchObject({
    exitCode: 4,
    document: { error: { code: "EXECUTOR.STATEMENT_UNSETTLED", meta: { statementIndex: 1 } } },
  });
  expect((await runCommand(MigrateStatus)).stdout).toContain(
    "2 is half-way: 1 of 2 statements applied; whether statement 2 (line 7) ran is not known",
  );
  expect(await runJson(MigrateRepair)).toMatchObject({
    exitCode: 4,
    document: { left: [{ kind: "statement" }], error: { code: "CLI.REPAIR_UNDECIDED" } },
  });
  expect(await runJson(MigrateRepair, "--abandon")).toMatchObject({
    exitCode: 0,
    document: { repaired: [{ kind: "statement", version: "2" }], left: [] },
  });
  expect((await runJson(MigrateUp)).document).toMatchObject({ applied: ["2"] });
});

it("checks indexes that were never checked; status only names them", async () => {
  await leave("index");
  for (const _ of [1, 2]) {
    expect((await runJson(MigrateStatus)).document).toMatchObject({
      uncheckedIndexes: [{ table: "a", name: "i" }],
    });
  }
  const dry = await runJson(MigrateRepair, "--dry-run");
  expect(dry.document).toMatchObject({ repaired: [], left: [{ kind: "index" }] });
  expect((await runCommand(MigrateRepair)).stdout).toBe(
    "Repaired\n  index i of a, which was never checked\n",
  );
  expect((await runJson(MigrateStatus)).document).not.toHaveProperty("uncheckedIndexes");
});
