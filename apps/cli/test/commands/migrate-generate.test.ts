import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "surql/connection";
import { acquireLock } from "surql/history";
import { expect, it } from "vitest";
import MigrateCompare from "../../src/commands/migrate/compare.ts";
import MigrateGenerate from "../../src/commands/migrate/generate.ts";
import MigrateRollback from "../../src/commands/migrate/rollback.ts";
import MigrateSnapshot from "../../src/commands/migrate/snapshot.ts";
import MigrateStatus from "../../src/commands/migrate/status.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import MigrateVerify from "../../src/commands/migrate/verify.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson, type Run } from "../run-command.ts";

inEmptyFolder();

const url = "surrealkv://store";
const user = "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string;";
const where = ["--url", url, "--namespace", "n", "--database", "d"];

async function change(sql: string): Promise<readonly unknown[]> {
  const db = await connect({ url, namespace: "n", database: "d" });
  const results = await db.query(sql);
  await db.close();
  return results;
}

async function generate(...argv: readonly string[]): Promise<Run & { readonly document: unknown }> {
  return runJson(MigrateGenerate, ...argv);
}

it("records a change of the database as a migration, in one command", async () => {
  await writeMigration("1", user, "REMOVE TABLE user;");
  await runCommand(MigrateUp, ...where);
  await change(
    "DEFINE FIELD bio ON user TYPE option<string>; CREATE user:1 SET name = 'Ada', bio = 'x'",
  );

  const run = await generate("add bio", ...where);
  expect(run.document).toMatchObject({
    dependsOn: ["1"],
    recorded: true,
    up: ["DEFINE FIELD bio ON user TYPE none | string PERMISSIONS FULL"],
    down: ["REMOVE FIELD bio ON user"],
    issues: [{ direction: "down", code: "field_removed" }, { direction: "down" }],
  });
  expect((await runJson(MigrateStatus, ...where)).document).toMatchObject({
    migrations: [{ state: "applied" }, { state: "applied", description: "Add bio" }],
  });
  expect((await runJson(MigrateVerify, ...where)).exitCode).toBe(0);
  const [events] = await change(
    "SELECT kind, result, versions FROM _migration_event WHERE kind = 'adopt'",
  );
  const { version } = run.document as { readonly version: string };
  expect(events).toEqual([{ kind: "adopt", result: "done", versions: [version] }]);
  expect((await runJson(MigrateUp, ...where)).document).toMatchObject({ applied: [] });

  const again = await generate("again", ...where);
  expect(again).toMatchObject({ exitCode: 0, document: { identical: true, path: null } });
  expect(await readdir("migrations")).not.toContainEqual(expect.stringContaining("again"));
});

it("leads to a folder of definitions without a database, and up makes that schema", async () => {
  await writeMigration("1", user, "REMOVE TABLE user;");
  await mkdir("schema/more", { recursive: true });
  await writeFile("schema/a.surql", "DEFINE INDEX title ON post FIELDS title UNIQUE;\n");
  await writeFile(
    "schema/more/post.surql",
    `${user} DEFINE TABLE post SCHEMAFULL; DEFINE FIELD title ON post TYPE string;`,
  );
  const run = await generate("posts", "--to", "schema");
  expect(run.document).toMatchObject({
    dependsOn: ["1"],
    recorded: false,
    issues: [{ direction: "down", code: "table_removed" }],
  });

  await runCommand(MigrateUp, ...where);
  await runCommand(MigrateSnapshot, ...where, "--output", "made.json");
  expect((await generate("same", "--to", "made.json")).document).toMatchObject({ identical: true });
  expect((await generate("same", "--to", "schema")).document).toMatchObject({ identical: true });
});

it("gives the same file for the same input", async () => {
  await writeMigration("1", user, "REMOVE TABLE user;");
  await writeFile(
    "schema.surql",
    "DEFINE TABLE post; DEFINE FUNCTION fn::one() { 1 }; DEFINE TABLE user;",
  );
  const contents: string[] = [];
  for (let run = 0; run < 2; run += 1) {
    const { document } = await generate("to it", "--to", "schema.surql", "-d", "migrations");
    const { path, version } = document as { readonly path: string; readonly version: string };
    contents.push((await readFile(path, "utf8")).replaceAll(version, "VERSION"));
    await rm(path);
  }
  expect(contents[1]).toBe(contents[0]);
  expect(contents[0]).toContain("-- depends_on: [1]\n-- @up\n");
});

it("warns of what up would lose, and writes no secret", async () => {
  await writeMigration("1", user, "REMOVE TABLE user;");
  await runCommand(MigrateUp, ...where);
  await change(
    "REMOVE FIELD name ON user; DEFINE USER ada ON DATABASE PASSWORD 'hunter2' ROLES EDITOR;",
  );
  const { stdout, stderr } = await runCommand(MigrateGenerate, "less", ...where);
  expect(stdout).toMatch(/What up would lose\n.*DATA LOSS \d+_\d+ field_removed/);
  expect(stdout).toContain("user ada is not added: its secret is in no snapshot");
  const [, file] = await readdir("migrations").then((names) =>
    names.filter((name) => name.endsWith(".surql")),
  );
  const text = await readFile(`migrations/${file}`, "utf8");
  expect(text).toContain("-- DEFINE USER ada ON DATABASE PASSWORD '<secret>'");
  expect(text).toContain("REMOVE USER IF EXISTS ada");
  expect(stdout + stderr + text).not.toMatch(/hunter2|argon2/);
  // The stored snapshot has the user, whom no file can hold.
  expect((await generate("again", ...where)).document).toMatchObject({ identical: true });
});

it("names several heads, and what is not applied", async () => {
  await writeMigration("1", user);
  expect(await generate("x", ...where)).toMatchObject({
    exitCode: 4,
    document: { error: { code: "CLI.NOTHING_APPLIED" } },
  });
  await writeMigration("2", "DEFINE TABLE b;", "", "depends_on: [1]");
  await writeMigration("3", "DEFINE TABLE c;", "", "depends_on: [1]");
  await writeFile("empty.surql", "");
  expect(await generate("x", "--to", "empty.surql")).toMatchObject({
    exitCode: 4,
    document: { error: { code: "GENERATOR.SEVERAL_HEADS", meta: { heads: ["2", "3"] } } },
  });
  const both = await generate(
    "x",
    "--to",
    "empty.surql",
    "--dry-run",
    "--depends-on",
    "2",
    "--depends-on",
    "3",
  );
  expect(both.document).toMatchObject({
    dependsOn: ["2", "3"],
    path: null,
    up: expect.arrayContaining(["REMOVE TABLE b", "REMOVE TABLE c"]),
  });
  expect((await readdir("migrations")).filter((name) => name.endsWith(".surql"))).toHaveLength(3);
});

it("takes the file away again when the change cannot be recorded", async () => {
  await writeMigration("1", user);
  await runCommand(MigrateUp, ...where);
  const db = await connect({ url, namespace: "n", database: "d" });
  await db.query("DEFINE TABLE extra");
  await acquireLock(db, { owner: "somebody", runner: "r", ttlMs: 60_000 });
  await db.close();
  const run = await generate("extra", ...where);
  expect(run).toMatchObject({ exitCode: 5, document: { error: { code: "EXECUTOR.LOCK_HELD" } } });
  expect(await readdir("migrations")).not.toContainEqual(expect.stringContaining("extra"));
});

it("compares nothing that the engine adds by itself", async () => {
  await writeFile("s.surql", "DEFINE TABLE a; DEFINE FIELD tags ON a TYPE array<string>;");
  await generate("first", "--to", "s.surql");
  await runCommand(MigrateUp, ...where);
  expect((await runJson(MigrateCompare, "live", "live", ...where)).exitCode).toBe(0);
  expect((await generate("again", ...where)).document).toMatchObject({ identical: true });
});

it("moves data of what was renamed, up and back", async () => {
  const indexed =
    "DEFINE FIELD bio ON user TYPE option<string>; DEFINE INDEX found ON user FIELDS bio;";
  await writeMigration("1", `${user} ${indexed}`, "REMOVE TABLE user;");
  await runCommand(MigrateUp, ...where);
  await change("CREATE user:1 SET name = 'Ada', bio = 'x'; CREATE user:2 SET name = 'Bob'");
  await writeFile("s.surql", `${user} ${indexed.replaceAll("bio", "about")}`);

  const told = await runCommand(MigrateGenerate, "rename", "--to", "s.surql", "--dry-run");
  expect(told.stderr).toContain("--rename user.bio=user.about");
  expect(told.stdout).toContain("field_removed");
  const declined = await runCommand(
    MigrateGenerate,
    "r",
    "--to",
    "s.surql",
    "--dry-run",
    "--no-renames",
  );
  expect(declined.stderr).toBe("");
  expect(
    (await generate("r", "--to", "s.surql", "--rename", "user.name=user.about")).document,
  ).toMatchObject({
    error: { code: "GENERATOR.NOT_A_RENAME" },
  });

  const run = await generate("rename", "--to", "s.surql", "--rename", "user.bio=user.about");
  expect(run.document).toMatchObject({
    renames: [{ from: "user.bio", to: "user.about" }],
    notMoved: [],
    up: expect.arrayContaining([
      "UPDATE user SET about = bio, bio = NONE WHERE bio IS NOT NONE RETURN NONE",
    ]),
    issues: [],
  });
  await runCommand(MigrateUp, ...where);
  expect(
    await change("SELECT * FROM user; SELECT VALUE id.id() FROM user WHERE about = 'x'"),
  ).toEqual([
    [
      { id: expect.anything(), name: "Ada", about: "x" },
      { id: expect.anything(), name: "Bob" },
    ],
    [1],
  ]);
  const back = await runJson(MigrateRollback, "1", "--force", "--yes", "--no-preserve", ...where);
  expect(back).toMatchObject({ exitCode: 0, document: { success: true } });
  expect(
    await change("SELECT * FROM user; SELECT VALUE id.id() FROM user WHERE bio = 'x'"),
  ).toEqual([
    [
      { id: expect.anything(), name: "Ada", bio: "x" },
      { id: expect.anything(), name: "Bob" },
    ],
    [1],
  ]);
});

it("leaves out what a rule of the configuration covers, and verify is clean behind it", async () => {
  await writeMigration("1", user, "REMOVE TABLE user;");
  await runCommand(MigrateUp, ...where);
  await change(
    "DEFINE TABLE tmp_a; DEFINE FIELD x ON tmp_a TYPE int; DEFINE FIELD bio ON user TYPE option<string>; DEFINE FIELD cached ON user TYPE option<int>",
  );
  const ignore = ["tmp_*", "user.cached"].map((path) => ({ path, reason: "Of the import" }));
  await writeFile("surql.config.json", JSON.stringify({ drift: { ignore } }));
  const run = await generate("bio", ...where);
  expect(run.document).toMatchObject({
    up: ["DEFINE FIELD bio ON user TYPE none | string PERMISSIONS FULL"],
  });
  expect(run.stderr).toContain(
    "Left out, as rules of the configuration say: tmp_a, tmp_a.x, user.cached.",
  );
  expect((await runJson(MigrateVerify, ...where)).exitCode).toBe(0);
  expect((await generate("again", ...where)).document).toMatchObject({ identical: true });
});

it("builds on what is applied, and says that what is not makes it a branch", async () => {
  await writeMigration("1", user, "REMOVE TABLE user;");
  await runCommand(MigrateUp, ...where);
  await writeMigration("2", "DEFINE TABLE later;", "REMOVE TABLE later;", "depends_on: [1]");
  await change("DEFINE TABLE now");
  const run = await generate("now", ...where, "--no-record");
  expect(run.document).toMatchObject({
    dependsOn: ["1"],
    recorded: false,
    up: [expect.stringContaining("DEFINE TABLE now")],
  });
  expect(run.stderr).toBe(
    "Not applied, and so not built on: 2. The new migration begins a branch.\n",
  );
  expect(await generate("again", ...where, "--depends-on", "7")).toMatchObject({
    exitCode: 2,
    document: { error: { code: "GENERATOR.UNKNOWN_PARENT" } },
  });
});
