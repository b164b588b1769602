import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { getAppliedMigrations, listEvents, readLock } from "@surql/history";
import { listSnapshots, loadSnapshot } from "@surql/snapshot";
import { applyMigrations, type ExecutorEvent } from "../src/index.ts";
import { createProject, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const three = {
  "1": {
    up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string;",
    down: "REMOVE TABLE user;",
  },
  "2": { up: "DEFINE FIELD bio ON user TYPE option<string>;", down: "REMOVE FIELD bio ON user;" },
  "3": { up: "CREATE user:ada SET name = 'Ada';", down: "DELETE user:ada;" },
};

describe("applying", () => {
  test("does everything that is pending, in order, and records it", async () => {
    const migrations = await project.write(three);
    const result = await applyMigrations(project.db, migrations, {
      actor: "ada@laptop",
      toolVersion: "9.9.9",
    });
    expect(result).toMatchObject({ applied: ["1", "2", "3"], snapshots: [] });
    expect(await project.rows("user")).toMatchObject([{ name: "Ada" }]);
    const ledger = await getAppliedMigrations(project.db);
    expect(ledger.map(({ version, sequence }) => [version, sequence])).toEqual([
      ["1", 1],
      ["2", 2],
      ["3", 3],
    ]);
    expect(ledger.map(({ checksum }) => checksum)).toEqual(
      migrations.map(({ checksum }) => checksum),
    );
    expect(await listEvents(project.db)).toMatchObject([
      { kind: "apply", result: "done", actor: "ada@laptop", toolVersion: "9.9.9", versions: ["1"] },
      { versions: ["2"] },
      { versions: ["3"] },
    ]);
    expect(await readLock(project.db)).toBeUndefined();
  });

  test("does nothing a second time", async () => {
    const migrations = await project.write(three);
    await applyMigrations(project.db, migrations);
    expect((await applyMigrations(project.db, migrations)).applied).toEqual([]);
  });

  test("goes on after what is there, numbering on", async () => {
    await applyMigrations(project.db, await project.write({ "1": three["1"] }));
    const result = await applyMigrations(project.db, await project.write(three));
    expect(result.applied).toEqual(["2", "3"]);
    expect((await getAppliedMigrations(project.db)).map(({ sequence }) => sequence)).toEqual([
      1, 2, 3,
    ]);
  });

  test("stops at the version or after the number of steps that was asked for", async () => {
    const migrations = await project.write(three);
    expect((await applyMigrations(project.db, migrations, { steps: 1 })).applied).toEqual(["1"]);
    expect((await applyMigrations(project.db, migrations, { to: "2" })).applied).toEqual(["2"]);
    expect((await applyMigrations(project.db, migrations, { to: "2" })).applied).toEqual([]);
  });

  test("refuses wrong numbers of steps and unknown versions", async () => {
    const migrations = await project.write(three);
    for (const steps of [0, -1, 1.5, Number.NaN]) {
      await expect(applyMigrations(project.db, migrations, { steps })).rejects.toMatchObject({
        code: "EXECUTOR.INVALID_STEPS",
      });
    }
    await expect(applyMigrations(project.db, migrations, { to: "9" })).rejects.toMatchObject({
      code: "EXECUTOR.UNKNOWN_VERSION",
    });
  });

  test("applies a branch and its merge, parents first", async () => {
    const migrations = await project.write({
      "1": { up: "DEFINE TABLE a;" },
      "2": { up: "DEFINE TABLE b;", dependsOn: ["1"] },
      "3": { up: "DEFINE TABLE c;", dependsOn: ["1"] },
      "4": { up: "DEFINE TABLE d;", dependsOn: ["2", "3"] },
    });
    expect((await applyMigrations(project.db, migrations, { to: "3" })).applied).toEqual([
      "1",
      "3",
    ]);
    expect((await applyMigrations(project.db, migrations)).applied).toEqual(["2", "4"]);
  });

  test("tells what happens as it happens", async () => {
    const events: ExecutorEvent[] = [];
    await applyMigrations(project.db, await project.write({ "1": three["1"] }), {
      onEvent: (event) => events.push(event),
    });
    expect(events).toEqual([
      { kind: "planned", migrations: [expect.objectContaining({ version: "1", notes: [] })] },
      { kind: "migration-started", version: "1", direction: "up", position: 1, total: 1 },
      { kind: "migration-finished", version: "1", direction: "up" },
    ]);
  });

  test("stores a snapshot per migration in its transaction", async () => {
    const migrations = await project.write(three);
    const result = await applyMigrations(project.db, migrations, { autoSnapshot: true });
    expect(result.snapshots).toEqual(["1", "2", "3"]);
    expect((await listSnapshots(project.db)).map(({ version }) => version)).toEqual([
      "1",
      "2",
      "3",
    ]);
    const snapshot = await loadSnapshot(project.db, "3");
    expect(snapshot).toMatchObject({ checksum: await project.schemaSum(), migrationCount: 3 });
    expect((await loadSnapshot(project.db, "1"))?.tables["user"]?.fields["bio"]).toBeUndefined();
  });
});

test("a table that the engine cannot show does not keep snapshots from being stored", async () => {
  await project.db.query("DEFINE TABLE bad; DEFINE FIELD `select` ON bad");
  const migrations = await project.write({ ...three, "4": { up: "REMOVE TABLE bad;" } });
  const { snapshots } = await applyMigrations(project.db, migrations, { autoSnapshot: true });
  expect(snapshots).toEqual(["1", "2", "3", "4"]);
  const unreadable = (await loadSnapshot(project.db, "1"))?.tables["bad"]?.unreadable;
  expect(unreadable).toContain("conversion error");
  expect((await loadSnapshot(project.db, "4"))?.checksum).toBe(await project.schemaSum());
});

describe("a dry run", () => {
  test("says what would run and writes nothing", async () => {
    const result = await applyMigrations(project.db, await project.write(three), { dryRun: true });
    expect(result.applied).toEqual([]);
    expect(result.planned.map(({ version, transactions }) => [version, transactions])).toEqual([
      ["1", 1],
      ["2", 1],
      ["3", 1],
    ]);
    const [info] = await project.db.query("INFO FOR DB");
    expect((info as { tables: object }).tables).toEqual({});
  });
});

describe("a migration that fails", () => {
  const broken = {
    ...three,
    "3": {
      up: "DEFINE FIELD age ON user TYPE int;\nCREATE user:bob SET name = 7;\nDEFINE TABLE never;",
    },
  };

  test("leaves the database as it was before it, and names the statement", async () => {
    const migrations = await project.write(broken);
    await applyMigrations(project.db, migrations, { to: "2" });
    const before = await project.schemaSum();
    await expect(applyMigrations(project.db, migrations)).rejects.toMatchObject({
      code: "EXECUTOR.MIGRATION_FAILED",
      category: "failure",
      meta: {
        migration: "3",
        statementIndex: 1,
        statement: "CREATE user:bob SET name = 7",
        line: 6,
        file: join(project.folder, "3_test.surql"),
        reason: expect.stringContaining("user:bob"),
      },
    });
    expect(await project.schemaSum()).toBe(before);
    expect(await project.versions()).toEqual(["1", "2"]);
    expect(await readLock(project.db)).toBeUndefined();
  });

  test("is the same with snapshots on, and stores none", async () => {
    const migrations = await project.write(broken);
    await expect(
      applyMigrations(project.db, migrations, { autoSnapshot: true }),
    ).rejects.toMatchObject({
      code: "EXECUTOR.MIGRATION_FAILED",
      meta: { statementIndex: 1, line: 6 },
    });
    expect((await listSnapshots(project.db)).map(({ version }) => version)).toEqual(["1", "2"]);
    expect(await project.versions()).toEqual(["1", "2"]);
  });

  test("does not parse: nothing at all is run", async () => {
    const migrations = await project.write({
      ...three,
      "3": { up: "DEFINE TABLE x;\nDEFINE FEILD y ON x;" },
    });
    await expect(applyMigrations(project.db, migrations)).rejects.toMatchObject({
      code: "SAFETY.INVALID_STATEMENT",
      meta: { migration: "3", line: 6, column: 8 },
    });
    const [info] = await project.db.query("INFO FOR DB");
    expect((info as { tables: object }).tables).toEqual({});
  });

  test("holds what is never run: refused by name", async () => {
    for (const up of [
      "COMMIT;",
      "REMOVE DATABASE test;",
      "USE NS other;",
      "DEFINE TABLE a; RETURN 1; DEFINE TABLE b;",
    ]) {
      const migrations = await project.write({ "1": { up } });
      await expect(applyMigrations(project.db, migrations), up).rejects.toMatchObject({
        code: "SAFETY.FORBIDDEN_STATEMENT",
      });
    }
  });
});

describe("an applied file", () => {
  test("that was edited stops the next run, unless that is allowed", async () => {
    await applyMigrations(project.db, await project.write({ "1": three["1"], "2": three["2"] }));
    const edited = await project.write({
      ...three,
      "2": { ...three["2"], down: "REMOVE FIELD IF EXISTS bio ON user;" },
    });
    await expect(applyMigrations(project.db, edited)).rejects.toMatchObject({
      code: "HISTORY.CHECKSUM_MISMATCH",
      category: "state",
      meta: { versions: ["2"] },
    });
    expect((await applyMigrations(project.db, edited, { allowChanged: true })).applied).toEqual([
      "3",
    ]);
  });

  test("with other line ends is not edited", async () => {
    await applyMigrations(project.db, await project.write({ "1": three["1"] }));
    const path = join(project.folder, "1_test.surql");
    const text =
      "-- @metadata\n-- version: 1\n-- description: test\n-- @up\n" +
      three["1"].up +
      "\n-- @down\n" +
      three["1"].down +
      "\n";
    await writeFile(path, text.replaceAll("\n", "\r\n"));
    expect(
      (await applyMigrations(project.db, await project.write({ "2": three["2"] }))).applied,
    ).toEqual(["2"]);
  });

  test("that is gone stops the next run, unless that is allowed", async () => {
    await applyMigrations(project.db, await project.write({ "1": three["1"], "2": three["2"] }));
    await rm(join(project.folder, "2_test.surql"));
    const rest = await project.write({ "3": three["3"] });
    await expect(applyMigrations(project.db, rest)).rejects.toMatchObject({
      code: "HISTORY.FILE_MISSING",
      meta: { versions: ["2"] },
    });
    expect((await applyMigrations(project.db, rest, { allowMissing: true })).applied).toEqual([
      "3",
    ]);
  });
});

describe("transaction: none", () => {
  const head = ["-- transaction: none"];

  test("runs statement by statement, each recorded, and goes on after a failure", async () => {
    const migrations = await project.write({
      "1": { head, up: "DEFINE TABLE a;\nCREATE t:1 SET x = fn::missing();\nDEFINE TABLE b;" },
    });
    await expect(applyMigrations(project.db, migrations)).rejects.toMatchObject({
      code: "EXECUTOR.PARTLY_APPLIED",
      meta: { migration: "1", statementIndex: 1, line: 7 },
    });
    await project.db.query("DEFINE FUNCTION fn::missing() { RETURN 5 }");
    expect((await applyMigrations(project.db, migrations)).applied).toEqual(["1"]);
    expect(await project.rows("t")).toMatchObject([{ x: 5 }]);
  });

  test("that fails at its first statement has changed nothing", async () => {
    const migrations = await project.write({
      "1": { head, up: "CREATE t:1 SET x = fn::missing();" },
    });
    await expect(applyMigrations(project.db, migrations)).rejects.toMatchObject({
      code: "EXECUTOR.MIGRATION_FAILED",
    });
  });
});

describe("two runners", () => {
  test("that meet do not apply anything twice", async () => {
    const migrations = await project.write(three);
    const other = await project.connectAgain();
    const outcomes = await Promise.allSettled([
      applyMigrations(project.db, migrations, { actor: "one" }),
      applyMigrations(other, migrations, { actor: "two" }),
    ]);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === "rejected" ? [outcome.reason as unknown] : [],
    );
    for (const reason of refused)
      expect(reason).toMatchObject({ code: "EXECUTOR.LOCK_HELD", category: "locked" });
    await applyMigrations(project.db, migrations);
    expect((await listEvents(project.db)).map(({ versions }) => versions[0])).toEqual([
      "1",
      "2",
      "3",
    ]);
  });
});

describe("a run that is asked to stop", () => {
  test("stops before the next migration, keeps what is committed, and gives the lock back", async () => {
    const migrations = await project.write(three);
    const stop = new AbortController();
    const onEvent = (event: ExecutorEvent): void => {
      if (event.kind === "migration-finished" && event.version === "2") stop.abort();
    };
    await expect(
      applyMigrations(project.db, migrations, { signal: stop.signal, onEvent }),
    ).rejects.toMatchObject({
      code: "EXECUTOR.INTERRUPTED",
      category: "interrupted",
      message: "Stopped between two transactions. Applied: 1, 2. Not applied: 3.",
      meta: { done: ["1", "2"], left: ["3"] },
    });
    expect(await project.versions()).toEqual(["1", "2"]);
    expect(await readLock(project.db)).toBeUndefined();
    expect((await applyMigrations(project.db, migrations)).applied).toEqual(["3"]);
  });
});

test("a dry run rehearses, and says which statement would fail", async () => {
  const migrations = await project.write({
    "1": { up: "DEFINE TABLE a; DEFINE FUNCTION fn::drop() { REMOVE TABLE a };" },
    "2": { up: "fn::drop(); DEFINE EVENT e ON a THEN {};\nREMOVE INDEX nothing ON a;" },
  });
  const { issues, overallSafety } = await applyMigrations(project.db, migrations, { dryRun: true });
  expect(overallSafety).toBe("unsafe");
  expect(issues).toContainEqual(
    expect.objectContaining({ code: "rehearsal_failed", migration: "2" }),
  );
});
