import { expect, test } from "vitest";
import { listEvents, listQuarantine } from "@surql/history";
import {
  captureSchema,
  createSnapshot,
  schemaChecksum,
  type SchemaSnapshot,
} from "@surql/snapshot";
import {
  applyMigrations,
  planSchemaRestore,
  recordedSchema,
  restoreSchema,
  type RecordedSchema,
} from "../src/index.ts";
import { createProject, type File } from "./project.ts";

const files: Readonly<Record<string, File>> = {
  "1": {
    up: `DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; DEFINE FIELD tags ON user TYPE array<string>;
      DEFINE INDEX name_idx ON user FIELDS name UNIQUE; DEFINE TABLE knows TYPE RELATION FROM user TO user;
      DEFINE TABLE names AS SELECT name FROM user; DEFINE FUNCTION fn::twice($x: int) { $x * 2 }; DEFINE PARAM $limit VALUE 7;
      DEFINE EVENT seen ON user WHEN $event = 'CREATE' THEN (CREATE log); DEFINE TABLE log`,
    down: "REMOVE TABLE user",
  },
  "2": { up: "DEFINE FIELD bio ON user TYPE option<string>", down: "REMOVE FIELD bio ON user" },
};

function recorded(snapshot: SchemaSnapshot): RecordedSchema {
  const { version, engineVersion } = snapshot;
  return { version, schema: snapshot, source: { kind: "snapshot", engineVersion } };
}

test("the schema of a version comes back, with one event and the same ledger", async () => {
  await using project = await createProject();
  const { db } = project;
  await applyMigrations(db, await project.write(files), { autoSnapshot: true });
  await db.query("CREATE user:1 SET name = 'Ada', tags = ['x'], bio = 'About Ada'");
  await db.query(
    "DEFINE TABLE stray; DEFINE PARAM OVERWRITE $limit VALUE 8; REMOVE EVENT seen ON user",
  );
  const target = await recordedSchema(db, { version: "1" });
  if (target === undefined) throw new Error("There is a snapshot of 1.");
  const restore = await planSchemaRestore(db, target);
  expect(restore).toMatchObject({ current: "2", gaps: [] });
  expect(restore.statements.map(({ effect, path }) => `${effect} ${path}`)).toEqual(
    expect.arrayContaining(["remove stray", "remove user.bio", "define user.seen"]),
  );
  expect(restore.plan.issues.map(({ code }) => code)).toEqual(
    expect.arrayContaining(["table_removed", "field_removed"]),
  );
  const before = await project.digest();
  await expect(restoreSchema(db, restore)).rejects.toMatchObject({
    code: "EXECUTOR.APPROVAL_REQUIRED",
  });
  expect(await project.digest()).toBe(before);
  expect(await restoreSchema(db, restore, { force: true })).toMatchObject({ remaining: [] });
  expect(await project.schemaSum()).toBe(schemaChecksum(target.schema));
  expect(await project.versions()).toEqual(["1", "2"]);
  expect((await listEvents(db)).at(-1)).toMatchObject({
    kind: "restore-schema",
    result: "done",
    fromVersion: "2",
    toVersion: "1",
    versions: [],
    approval: { level: "unsafe" },
  });
  const again = await planSchemaRestore(db, target);
  expect(again).toMatchObject({ statements: [], plan: { requiresApproval: false } });
  expect(await restoreSchema(db, again)).toMatchObject({ statements: 0, remaining: [] });
});

test("what drift rules cover is neither removed, changed nor made", async () => {
  await using project = await createProject();
  const { db } = project;
  await applyMigrations(db, await project.write(files), { autoSnapshot: true });
  await db.query(`DEFINE TABLE tmp_a SCHEMAFULL; DEFINE FIELD x ON tmp_a TYPE string; DEFINE FIELD cached ON user TYPE option<int>;
    DEFINE FIELD OVERWRITE bio ON user TYPE option<int>; REMOVE EVENT seen ON user; DEFINE PARAM OVERWRITE $limit VALUE 8;
    REMOVE INDEX name_idx ON user; DEFINE TABLE other; DEFINE FIELD cached ON other TYPE int; REMOVE FUNCTION fn::twice;
    DEFINE TABLE OVERWRITE log TYPE RELATION SCHEMAFULL; DEFINE ANALYZER words TOKENIZERS blank; DEFINE EVENT late ON tmp_a THEN {}`);
  const driftRules = [
    "tmp_*",
    "*.cached",
    "user.bio",
    "user.seen",
    "$*",
    "log",
    "log.*",
    "fn::*",
  ].map((path) => ({ path, reason: "Not ours" }));
  const target = await recordedSchema(db, { version: "2" });
  if (target === undefined) throw new Error("There is a snapshot of 2.");
  const restore = await planSchemaRestore(db, target, { driftRules });

  expect(restore.ignored.map(({ change, path }) => `${change} ${path}`)).toEqual([
    "modified $limit",
    "removed fn::twice",
    "modified log",
    "added log.in",
    "added log.out",
    "added tmp_a",
    "added tmp_a.late",
    "added tmp_a.x",
    "modified user.bio",
    "added user.cached",
    "removed user.seen",
  ]);
  expect(restore.statements.map(({ effect, path }) => `${effect} ${path}`).toSorted()).toEqual([
    "define user.name_idx",
    "remove analyzer words",
    "remove other",
  ]);
  expect(await restoreSchema(db, restore, { force: true })).toMatchObject({ remaining: [] });
  const again = await planSchemaRestore(db, target, { driftRules });
  expect(again).toMatchObject({ statements: [], ignored: restore.ignored });
});

test("a restore that makes another schema than planned speaks of itself", async () => {
  await using project = await createProject();
  const { db } = project;
  await applyMigrations(db, await project.write(files), { autoSnapshot: true });
  await db.query("DEFINE FIELD stray ON user");
  const target = await recordedSchema(db, { version: "2" });
  if (target === undefined) throw new Error("There is a snapshot of 2.");
  const { plan, ...restore } = await planSchemaRestore(db, target);
  const misled = JSON.stringify(plan).replaceAll(
    `"hash":null,"text":null`,
    `"hash":"0","text":"DEFINE FIELD stray"`,
  );
  const failure = restoreSchema(
    db,
    { ...restore, plan: JSON.parse(misled) as typeof plan },
    { force: true },
  );

  await expect(failure).rejects.toMatchObject({
    code: "EXECUTOR.VERIFICATION_FAILED",
    category: "state",
    message:
      "Restoring the schema of 2 would have made another schema than it was planned. Nothing was changed.",
    nextActions: ["Plan it on the schema as it is: surql migrate restore-schema 2 --dry-run"],
    meta: { committed: false, discrepancies: [{ path: "user.stray", found: null }] },
  });
});

test("an empty database becomes one of any version, but for its secrets", async () => {
  await using source = await createProject();
  await applyMigrations(source.db, await source.write(files));
  await source.db.query(
    "DEFINE ACCESS account ON DATABASE TYPE RECORD WITH JWT ALGORITHM HS512 KEY 'hush'; DEFINE USER ann ON DATABASE PASSWORD 'hush' ROLES VIEWER",
  );
  const snapshot = await createSnapshot(source.db, { version: "2" });
  await using empty = await createProject();
  const restore = await planSchemaRestore(empty.db, recorded(snapshot));
  expect(restore.plan.overallSafety).toBe("safe");
  expect(restore.gaps.map(({ path, reason }) => [path, reason])).toEqual([
    ["access account", "secret"],
    ["user ann", "secret"],
  ]);
  expect(await restoreSchema(empty.db, restore)).toMatchObject({ remaining: [] });
  const { objects, ...tables } = await captureSchema(empty.db);
  expect(tables).toEqual({ tables: snapshot.tables, edges: snapshot.edges });
  const { accesses: _, users: __, ...others } = snapshot.objects;
  expect(objects).toEqual(others);
});

test("what it takes can be kept", async () => {
  await using project = await createProject();
  const { db } = project;
  await applyMigrations(db, await project.write(files), { autoSnapshot: true });
  await db.query("CREATE user:1 SET name = 'Ada', tags = [], bio = 'About Ada'");
  const target = await recordedSchema(db, { version: "1" });
  if (target === undefined) throw new Error("There is a snapshot of 1.");
  const restore = await planSchemaRestore(db, target, { preserve: true });
  expect(restore.plan.preserve).toMatchObject([{ kind: "field", table: "user", field: "bio" }]);
  await restoreSchema(db, restore, { force: true });
  expect(await listQuarantine(db)).toMatchObject([
    { kind: "field", table: "user", field: "bio", count: 1, cleaned: true },
  ]);
});

test("a schema that has moved since is not touched", async () => {
  await using project = await createProject();
  const { db } = project;
  await applyMigrations(db, await project.write(files), { autoSnapshot: true });
  const target = await recordedSchema(db, { version: "1" });
  if (target === undefined) throw new Error("There is a snapshot of 1.");
  const restore = await planSchemaRestore(db, target);
  await db.query("DEFINE FIELD new ON user");
  const before = await project.digest();
  await expect(restoreSchema(db, restore, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.SCHEMA_MOVED",
    category: "state",
  });
  expect(await project.digest()).toBe(before);
});

test("what the database refuses is told with its statement, and changes nothing", async () => {
  await using project = await createProject();
  const { db } = project;
  await applyMigrations(db, await project.write(files), { autoSnapshot: true });
  const target = await recordedSchema(db, { version: "1" });
  if (target === undefined) throw new Error("There is a snapshot of 1.");
  await db.query(
    "REMOVE INDEX name_idx ON user; CREATE user:1, user:2 SET name = 'Ada', tags = []",
  );
  const restore = await planSchemaRestore(db, target);
  expect(restore.plan.issues.map(({ code }) => code)).toContain("index_would_fail");
  const before = await project.digest();
  await expect(restoreSchema(db, restore, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.RESTORE_SCHEMA_FAILED",
    why: expect.stringContaining("DEFINE INDEX name_idx"),
  });
  expect(await project.digest()).toBe(before);
});
