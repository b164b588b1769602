import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database } from "@surql/connection";
import { isSurqlError, SurqlError } from "@surql/errors";
import { breakLock, getAppliedMigrations, ledgerMoved, listEvents } from "@surql/history";
import { applyMigrations } from "../src/index.ts";
import { createProject, type File, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const versionOf = (index: number): string => String(100 + index);

/** Migrations that each make a table with an index, with others in place of some. */
function many(
  count: number,
  others: Readonly<Record<string, File>> = {},
): Readonly<Record<string, File>> {
  const made = Array.from({ length: count }, (_, index) => {
    const table = `t${index}`;
    const up = `DEFINE TABLE ${table} SCHEMAFULL;\nDEFINE FIELD a ON ${table} TYPE int;\nDEFINE INDEX a_idx ON ${table} FIELDS a;`;
    return [versionOf(index), { up, down: `REMOVE TABLE ${table};` }] as const;
  });
  return { ...Object.fromEntries(made), ...others };
}

/** A database that says how many transactions each request held. */
function watched(
  db: Database,
  transactEach: Database["transactEach"] = (...all) => db.transactEach(...all),
): { readonly db: Database; readonly sent: readonly number[] } {
  const sent: number[] = [];
  const watch: Database["transactEach"] = (scripts, bindings) => {
    sent.push(scripts.length);
    return transactEach(scripts, bindings);
  };
  return { db: { ...db, transactEach: watch }, sent };
}

async function failureOf(work: Promise<unknown>): Promise<Pick<SurqlError, "code" | "message">> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isSurqlError(error)) throw new Error(`No failure: ${String(error)}`);
  const { code, message } = error;
  return { code, message };
}

test("many migrations share requests, and each has its transaction, ledger row and event", async () => {
  const migrations = await project.write(many(40));
  const { db, sent } = watched(project.db);
  const told: string[] = [];
  await applyMigrations(db, migrations, {
    onEvent: (event) => {
      if ("version" in event) told.push(`${event.kind} ${event.version}`);
    },
  });
  expect(sent).toEqual([16, 16, 8]);
  const versions = migrations.map(({ version }) => version);
  expect(told).toEqual(
    versions.flatMap((one) => [`migration-started ${one}`, `migration-finished ${one}`]),
  );
  const ledger = await getAppliedMigrations(project.db);
  expect(ledger.map(({ version, sequence }) => [version, sequence])).toEqual(
    versions.map((version, index) => [version, index + 1]),
  );
  const events = (await listEvents(project.db)).filter(({ kind }) => kind === "apply");
  expect(events.map((event) => event.versions)).toEqual(versions.map((version) => [version]));

  // One at a time gives the same.
  await using alone = await createProject();
  for (let at = 0; at < 40; at += 10) await applyMigrations(alone.db, migrations, { steps: 10 });
  expect(await project.schemaSum()).toBe(await alone.schemaSum());
});

test("one that fails stops those behind it, and is told as by itself", async () => {
  const bad = { up: "DEFINE TABLE own;\n\nDEFINE TABLE t3;", down: "REMOVE TABLE own;" };
  const migrations = await project.write(many(40, { [versionOf(20)]: bad }));
  const came: (string | undefined)[] = [];
  const { db, sent } = watched(project.db, async (scripts, bindings) => {
    const errors = await project.db.transactEach(scripts, bindings);
    came.push(...errors.map((error) => error && String(error.meta["reason"])));
    return errors;
  });
  const failure = await failureOf(applyMigrations(db, migrations));
  expect(sent).toEqual([16, 16]);
  // The engine runs what stands behind the one that fails, and each of them refuses itself.
  expect(came.slice(0, 20)).toEqual(Array(20).fill(undefined));
  expect(came[20]).toBe("The table 't3' already exists");
  expect(came.slice(21)).toEqual(Array(11).fill(expect.stringContaining(ledgerMoved)));
  expect((await project.versions()).at(-1)).toBe(versionOf(19));
  expect(await listEvents(project.db)).toHaveLength(20);

  expect(failure.code).toBe("EXECUTOR.MIGRATION_FAILED");
  expect(failure.message).toContain("line 7");
  await using alone = await createProject();
  const few = migrations.slice(0, 21);
  await applyMigrations(alone.db, few, { steps: 19 });
  expect(failure).toEqual(await failureOf(applyMigrations(alone.db, few)));
  expect(await project.schemaSum()).toBe(await alone.schemaSum());

  await applyMigrations(
    project.db,
    await project.write({ [versionOf(20)]: { up: "DEFINE TABLE x" } }),
  );
  expect(await project.versions()).toHaveLength(40);
});

test("data, and what is declared to need no transaction, is not joined", async () => {
  const data = { up: "CREATE t4:1 SET a = 1;", down: "DELETE t4:1;" };
  const none = { up: "DEFINE TABLE single;", head: ["-- transaction: none"] };
  const index = { up: "DEFINE INDEX b_idx ON t4 FIELDS a UNIQUE;" };
  const others = { [versionOf(5)]: data, [versionOf(10)]: none, [versionOf(15)]: index };
  const { db, sent } = watched(project.db);
  await applyMigrations(db, await project.write(many(24, others)));
  expect(sent).toEqual([5, 4, 4, 8]);
  expect(await project.versions()).toHaveLength(24);
});

test.each([
  ["after it was done", true],
  ["before", false],
])("an answer that is lost %s is settled by the events", async (_when, isDone) => {
  const lost = new SurqlError({
    code: "CONNECTION.LOST",
    category: "failure",
    message: "The connection was lost.",
    nextActions: [],
    meta: { outcome: "unknown" },
  });
  const { db, sent } = watched(project.db, async (scripts, bindings) => {
    // Of what is on its way, half is done.
    const half = isDone ? scripts : scripts.slice(0, scripts.length / 2);
    await project.db.transactEach(half, bindings);
    throw lost;
  });
  const migrations = await project.write(many(32));
  const { applied } = await applyMigrations(db, migrations);
  expect(applied).toEqual(migrations.map(({ version }) => version));
  expect(sent.length).toBeGreaterThan(1);
  expect(await project.versions()).toEqual(applied);
  expect((await listEvents(project.db)).filter(({ kind }) => kind === "apply")).toHaveLength(32);
});

test("nothing of a group is committed when the lock is lost, or the run told to stop", async () => {
  const migrations = await project.write(many(40));
  const stop = new AbortController();
  const stopped = await failureOf(
    applyMigrations(project.db, migrations, {
      signal: stop.signal,
      onEvent: (event) => event.kind === "migration-finished" && stop.abort(),
    }),
  );
  expect(stopped.code).toBe("EXECUTOR.INTERRUPTED");
  expect(await project.versions()).toHaveLength(16);

  const { db } = watched(project.db, async (scripts, bindings) => {
    await breakLock(project.db);
    return project.db.transactEach(scripts, bindings);
  });
  expect((await failureOf(applyMigrations(db, migrations))).code).toBe("EXECUTOR.LOCK_LOST");
  expect(await project.versions()).toHaveLength(16);
});
