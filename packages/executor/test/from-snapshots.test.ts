import fc from "fast-check";
import { expect, test } from "vitest";
import { listEvents } from "@surql/history";
import { captureSchema, loadSnapshot, schemaChecksum } from "@surql/snapshot";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  readPlan,
  serializePlan,
  storedMigrations,
  type RollbackPlan,
} from "../src/index.ts";
import { createProject, type File, type Project } from "./project.ts";

const files: Readonly<Record<string, File>> = {
  "1": {
    up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; DEFINE FIELD tags ON user TYPE option<array<string>>",
    down: "REMOVE TABLE user",
  },
  "2": {
    up: `DEFINE FIELD OVERWRITE name ON user TYPE string | int;
DEFINE FIELD bio ON user TYPE option<string>;
DEFINE TABLE post SCHEMAFULL;
DEFINE FIELD author ON post TYPE record<user>;
DEFINE INDEX name_idx ON user FIELDS name`,
  },
  "3": {
    up: "DEFINE FUNCTION fn::posts($of: record<user>) { RETURN SELECT * FROM post WHERE author = $of }; DEFINE EVENT seen ON post WHEN $event = 'CREATE' THEN { LET $seen = 1 }",
    head: ["-- irreversible: nobody knows what others call"],
  },
};

async function applied(project: Project, some = files) {
  const migrations = await project.write(some);
  await applyMigrations(project.db, migrations, { autoSnapshot: true });
  return migrations;
}

function codes({ issues }: RollbackPlan): readonly string[] {
  return issues.map(({ safety, code, migration }) => `${migration} ${code} ${safety}`);
}

test("what has no down script goes back to the snapshots, exactly, and says that it was computed", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await applied(project);
  await db.query("CREATE user:1 SET name = 'Ada', bio = 'x'; CREATE post:1 SET author = user:1");

  const stuck = await createRollbackPlan(db, migrations, "1");
  expect(stuck.migrations.map(({ irreversible }) => irreversible)).toEqual([
    "nobody knows what others call",
    "Its down section is missing or empty.",
  ]);
  await expect(executeRollback(db, stuck, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.NOT_REVERSIBLE",
    nextActions: [
      "Its way back can be computed from stored snapshots: surql migrate plan-rollback 1 --from-snapshots",
      expect.anything(),
    ],
  });

  const options = { fromSnapshots: true, rehearse: true };
  const plan = await createRollbackPlan(db, migrations, "1", options);
  expect(plan.migrations).toMatchObject([
    { version: "3", computed: true, file: "_schema_snapshot:2", transaction: "required" },
    { version: "2", computed: true, file: "_schema_snapshot:1" },
  ]);
  expect(plan.migrations.map(({ irreversible }) => irreversible)).toEqual([undefined, undefined]);
  expect(codes(plan)).toEqual(
    expect.arrayContaining([
      "3 computed_down data_loss",
      "2 computed_down safe",
      "2 table_removed unsafe",
      "2 field_removed data_loss",
    ]),
  );
  expect(plan.overallSafety).toBe("unsafe");
  expect(plan.snapshot).toMatchObject({ version: "1", differences: [] });

  const kept = readPlan(serializePlan(plan));
  const result = await executeRollback(db, kept, { force: true });
  expect(result).toMatchObject({ success: true, rolledBack: ["3", "2"] });
  const snapshot = await loadSnapshot(db, "1");
  expect(schemaChecksum(await captureSchema(db))).toBe(snapshot?.checksum);
  expect(await project.versions()).toEqual(["1"]);
  expect((await listEvents(db)).at(-1)).toMatchObject({
    kind: "rollback",
    versions: ["3", "2"],
    computed: ["3", "2"],
  });
});

test("what up did to records is not undone, and never safe", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await applied(project, {
    "1": files["1"]!,
    "2": { up: "UPDATE user SET name = 'x';\nREMOVE FIELD tags ON user" },
    "3": { up: "UPDATE user SET name = 'y'" },
  });
  const plan = await createRollbackPlan(db, migrations, "1", { fromSnapshots: true });
  expect(codes(plan)).toEqual([
    "3 computed_down safe",
    "3 data_not_undone data_loss",
    "2 computed_down safe",
    "2 data_not_undone data_loss",
  ]);
  expect(
    plan.issues.find(({ migration, code }) => migration === "2" && code === "data_not_undone"),
  ).toMatchObject({
    description: expect.stringContaining(
      "UPDATE user SET name = 'x' (line 5); REMOVE FIELD tags ON user (line 6)",
    ),
  });
  expect(await executeRollback(db, plan, { force: true })).toMatchObject({ success: true });
  expect(schemaChecksum(await captureSchema(db))).toBe((await loadSnapshot(db, "1"))?.checksum);
});

test("a plan of nothing but records can be carried out", async () => {
  await using project = await createProject();
  const { db } = project;
  const two = { "1": files["1"]!, "2": { up: "UPDATE user SET name = 'x'" } };
  const migrations = await applied(project, two);
  const plan = await createRollbackPlan(db, migrations, "1", { fromSnapshots: true });
  expect(plan.migrations).toMatchObject([{ statements: [], computed: true }]);
  expect(await executeRollback(db, plan, { force: true })).toMatchObject({ success: true });
  expect(await project.versions()).toEqual(["1"]);
});

test("what somebody changed beside the migrations stays, and what they changed of its own is named", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await applied(project);
  await db.query(
    "DEFINE TABLE mine; DEFINE FIELD nick ON user TYPE option<string>; DEFINE FIELD OVERWRITE bio ON user TYPE option<int>",
  );
  const plan = await createRollbackPlan(db, migrations, "1", { fromSnapshots: true });
  expect(plan.drift?.objects.map(({ path, touched }) => [path, touched])).toEqual([
    ["mine", false],
    ["user.bio", true],
    ["user.nick", false],
  ]);
  await executeRollback(db, plan, { force: true, acceptDifference: true });
  const schema = await captureSchema(db);
  expect(Object.keys(schema.tables)).toEqual(["mine", "user"]);
  expect(Object.keys(schema.tables["user"]?.fields ?? {})).toEqual([
    "name",
    "nick",
    "tags",
    "tags.*",
  ]);
});

test("what holds a secret is named with the statement to complete", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await applied(project, {
    "1": {
      up: "DEFINE USER ada ON DATABASE PASSWORD 'hunter2' ROLES VIEWER",
      down: "REMOVE USER ada ON DATABASE",
    },
    "2": { up: "REMOVE USER ada ON DATABASE" },
  });
  const plan = await createRollbackPlan(db, migrations, "1", { fromSnapshots: true });
  expect(plan.issues).toMatchObject([
    { code: "computed_down" },
    {
      code: "not_computed",
      safety: "data_loss",
      object: { kind: "user", name: "user ada" },
      recommendation: expect.stringContaining("PASSWORD '<secret>'"),
    },
  ]);
  expect(JSON.stringify(plan)).not.toContain("hunter2");
});

test("a snapshot is used only for the moment that it shows", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await applied(project);
  const why = async (target: string): Promise<readonly (string | undefined)[]> =>
    (await createRollbackPlan(db, migrations, target, { fromSnapshots: true })).migrations.map(
      ({ irreversible }) => irreversible,
    );

  await db.query("UPDATE _schema_snapshot:⟨1⟩ SET migration_count = 2");
  expect(await why("1")).toEqual([
    undefined,
    "It has no down script. Nor can one be computed from snapshots: the snapshot of 1 was taken with 2 migrations applied, not 1.",
  ]);
  await db.query("DELETE _schema_snapshot:⟨1⟩");
  expect(await why("1")).toEqual([undefined, expect.stringContaining("there is no snapshot of 1")]);
});

test("nothing is computed for one that is below what stays, nor for the first", async () => {
  await using project = await createProject();
  const { db } = project;
  const branches = {
    "1": { up: "DEFINE TABLE one" },
    "2": { up: "DEFINE TABLE two", dependsOn: ["1"] },
    "3": { up: "DEFINE TABLE three", dependsOn: ["1"], down: "REMOVE TABLE three" },
    "4": { up: "DEFINE TABLE four", dependsOn: ["2"] },
  };
  const migrations = await applied(project, branches);
  const plan = await createRollbackPlan(db, migrations, "base", { fromSnapshots: true });
  expect(
    plan.migrations.map(({ version, computed, irreversible }) => [
      version,
      computed ?? irreversible,
    ]),
  ).toEqual([
    ["4", true],
    ["3", undefined],
    ["2", true],
    ["1", expect.stringContaining("nothing is known of the schema before the first migration")],
  ]);
  const branch = await createRollbackPlan(db, migrations, "2", { fromSnapshots: true });
  expect(branch.migrations).toMatchObject([{ version: "4", computed: true }]);
  await executeRollback(db, branch, { force: true });
  const below = [
    ...migrations.filter(({ version }) => version !== "1"),
    { ...migrations[0]!, down: migrations[2]!.down },
  ];
  await expect(
    createRollbackPlan(db, below, "1", { fromSnapshots: true }).then(
      ({ migrations: planned }) => planned,
    ),
  ).resolves.toMatchObject([{ version: "3" }, { version: "2", computed: true }]);
});

test("a branch goes back by snapshots only while no other was applied behind it", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await applied(project, {
    "1": { up: "DEFINE TABLE one" },
    "2": { up: "DEFINE TABLE two", dependsOn: ["1"] },
    "3": { up: "DEFINE TABLE three", dependsOn: ["1"] },
  });
  const planFor = (branch: string): Promise<RollbackPlan> =>
    createRollbackPlan(db, migrations, "1", { fromSnapshots: true, branch });
  const below = await planFor("2");
  expect(below.migrations).toMatchObject([
    { version: "2", irreversible: expect.stringContaining("3 was applied after it and stays") },
  ]);
  await expect(executeRollback(db, below, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.NOT_REVERSIBLE",
    why: expect.stringContaining("no snapshot shows the schema without 2"),
  });
  const unwanted = await createRollbackPlan(db, migrations, "1", { branch: "3" });
  expect(unwanted.issues).toMatchObject([
    {
      code: "irreversible",
      recommendation: expect.stringContaining("plan-rollback 1 --branch 3 --from-snapshots"),
    },
  ]);
  for (const branch of ["3", "2"]) {
    const plan = await planFor(branch);
    expect(plan.migrations).toMatchObject([{ version: branch, computed: true }]);
    await executeRollback(db, plan, { force: true });
  }
  expect(Object.keys((await captureSchema(db)).tables)).toEqual(["one"]);
});

test("a snapshot from before a version was rolled back and applied again is not used", async () => {
  await using project = await createProject();
  const { db } = project;
  const two = {
    "1": { up: "DEFINE TABLE one", down: "REMOVE TABLE one" },
    "2": { up: "DEFINE TABLE two", down: "REMOVE TABLE two" },
    "3": { up: "DEFINE TABLE three" },
  };
  const migrations = await applied(project, { "1": two["1"], "2": two["2"] });
  await executeRollback(db, await createRollbackPlan(db, migrations, "1"), { force: true });
  const edited = await project.write({ ...two, "2": { ...two["2"], up: "DEFINE TABLE other" } });
  await applyMigrations(db, edited);
  const plan = await createRollbackPlan(db, edited, "2", { fromSnapshots: true });
  expect(plan.migrations[0]?.irreversible).toContain(
    "the snapshot of 2 was taken before that was rolled back and applied again",
  );
});

test("a computed rollback that takes several transactions goes on where it was interrupted", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await applied(project, {
    "1": {
      up: "DEFINE ANALYZER words TOKENIZERS blank; DEFINE TABLE page; DEFINE FIELD body ON page TYPE string; DEFINE FIELD code ON page TYPE string; DEFINE INDEX body_idx ON page FIELDS body FULLTEXT ANALYZER words BM25; DEFINE INDEX code_idx ON page FIELDS code UNIQUE",
      down: "REMOVE TABLE page; REMOVE ANALYZER words",
    },
    "2": {
      up: "REMOVE INDEX body_idx ON page; REMOVE INDEX code_idx ON page; REMOVE ANALYZER words",
    },
  });
  await db.query(
    "CREATE page:1 SET body = 'one', code = 'a'; CREATE page:2 SET body = '', code = 'a'",
  );
  const plan = await createRollbackPlan(db, migrations, "1", { fromSnapshots: true });
  expect(plan.transactions).toHaveLength(2);
  expect(await executeRollback(db, plan, { force: true })).toMatchObject({
    success: false,
    partlyChanged: true,
    errors: [{ file: "_schema_snapshot:1", migration: "2" }],
  });
  expect(Object.keys((await captureSchema(db)).objects)).toContain("analyzers");
  await db.query("UPDATE page:2 SET code = 'b'");
  const again = await createRollbackPlan(db, migrations, "1", { fromSnapshots: true });
  expect(again.migrations).toMatchObject([{ statementsDone: 1, computed: true }]);
  expect(await executeRollback(db, again, { force: true })).toMatchObject({ success: true });
  expect(schemaChecksum(await captureSchema(db))).toBe((await loadSnapshot(db, "1"))?.checksum);
  expect(await project.versions()).toEqual(["1"]);
});

test("without files and stored scripts, the snapshots lead back, and what became of records is not known", async () => {
  await using project = await createProject();
  const { db } = project;
  await applied(project);
  await db.query("UPDATE _migration_history SET script = NONE");
  const stored = await storedMigrations(db);
  const plan = await createRollbackPlan(db, stored, "1", { fromSnapshots: true, preserve: true });
  expect(codes(plan).filter((one) => one.includes("data_not_undone"))).toEqual([
    "3 data_not_undone unsafe",
    "2 data_not_undone unsafe",
  ]);
  expect(await executeRollback(db, plan, { force: true })).toMatchObject({ success: true });
  expect(schemaChecksum(await captureSchema(db))).toBe((await loadSnapshot(db, "1"))?.checksum);
});

/** Steps that work in any order behind the first. */
const steps = [
  "DEFINE FIELD name ON base TYPE string; DEFINE INDEX name_idx ON base FIELDS name",
  "DEFINE TABLE likes TYPE RELATION FROM base TO base",
  "DEFINE FUNCTION fn::hi() { RETURN 1 }; DEFINE PARAM $limit VALUE 1",
  "DEFINE FIELD tags ON base TYPE option<array<string>>; DEFINE FIELD name2 ON base COMPUTED 1",
  "ALTER TABLE base COMMENT 'x'; DEFINE EVENT seen ON base THEN { LET $x = 1 }",
  "DEFINE TABLE view AS SELECT id FROM base",
  "DEFINE ANALYZER words TOKENIZERS blank; DEFINE SEQUENCE number START 5",
  "REMOVE FIELD old ON base; REMOVE TABLE gone",
  "DEFINE FIELD OVERWRITE kept ON base TYPE string | int ASSERT $value != 1",
];

test("whatever was done, the snapshots lead back to each version exactly", async () => {
  const first =
    "DEFINE TABLE base SCHEMAFULL; DEFINE FIELD old ON base TYPE option<string>; DEFINE FIELD kept ON base TYPE string; DEFINE TABLE gone";
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(steps, { minLength: 2 }),
      fc.nat({ max: 7 }),
      async (some, target) => {
        await using project = await createProject();
        const { db } = project;
        const ups = [first, ...some].map((up, at) => [`${10 + at}`, { up }] as const);
        const migrations = await applied(project, Object.fromEntries(ups));
        const to = String(10 + (target % some.length));
        const plan = await createRollbackPlan(db, migrations, to, { fromSnapshots: true });
        const result = await executeRollback(db, plan, { force: true });
        expect(result).toMatchObject({
          success: true,
          rolledBackCount: ups.length - 1 - (target % some.length),
        });
        const { checksum } = (await loadSnapshot(db, to))!;
        expect(schemaChecksum(await captureSchema(db))).toBe(checksum);
      },
    ),
    { seed: 1, numRuns: 12 },
  );
});
