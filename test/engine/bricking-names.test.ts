import { applyMigrations, createRollbackPlan, discoverMigrations } from "surql";
import { expect, it } from "vitest";
import { digest } from "../workflow/digest.ts";
import { makeProject } from "../workflow/project.ts";
import { makeStore } from "../workflow/stores.ts";

const words =
  "select create update delete insert relate remove define alter info let return if for break continue throw rebuild " +
  "upsert none null true false explain function sleep";

it("a field of such a name makes its table unusable, REMOVE FIELD included", async () => {
  await using store = await makeStore("mem");
  await using db = await store.open();
  await db.query("DEFINE TABLE t; CREATE t:1; DEFINE FIELD `select` ON t");
  for (const statement of ["SELECT * FROM t", "UPDATE t:1", "REMOVE FIELD `select` ON t"]) {
    await expect(db.query(statement), statement).rejects.toMatchObject({
      code: "CONNECTION.QUERY_FAILED",
    });
  }
});

it.each(words.split(" "))("%s is refused before anything is written", async (word) => {
  await using store = await makeStore("mem");
  await using db = await store.open();
  await db.query("DEFINE TABLE t; CREATE t:1");
  const before = await digest(db);
  for (const statement of [
    `DEFINE FIELD \`${word}\` ON t;`,
    `DEFINE FIELD OVERWRITE ⟨${word.toUpperCase()}⟩ ON TABLE t TYPE int;`,
    `DEFINE INDEX i ON t FIELDS a, \`${word}\`;`,
    `IF true { DEFINE FIELD \`${word}\` ON t };`,
  ]) {
    await using project = await makeProject();
    const forth = await project.write({ "1": { up: "DEFINE TABLE u;" }, "2": { up: statement } });
    await expect(applyMigrations(db, forth), statement).rejects.toMatchObject({
      code: "SAFETY.FORBIDDEN_STATEMENT",
      meta: { migration: "2" },
    });
    expect(await digest(db)).toEqual(before);
  }
});

it("is refused on the way back too", async () => {
  await using store = await makeStore("mem");
  await using project = await makeProject();
  await using db = await store.open();
  await project.write({ "1": { up: "DEFINE TABLE t;", down: "DEFINE FIELD `let` ON t;" } });
  const migrations = await discoverMigrations(project.folder);
  await applyMigrations(db, migrations);
  await expect(createRollbackPlan(db, migrations, "base")).rejects.toMatchObject({
    code: "SAFETY.FORBIDDEN_STATEMENT",
  });
});

it("a table that is unusable already does not stop migrations and their snapshots", async () => {
  await using store = await makeStore("mem");
  await using project = await makeProject();
  await using db = await store.open();
  await db.query("DEFINE TABLE bad; DEFINE FIELD `select` ON bad");
  const migrations = await project.write({
    "1": { up: "DEFINE TABLE t;", down: "REMOVE TABLE t;" },
    "2": { up: "REMOVE TABLE bad;", down: "DEFINE TABLE bad;" },
  });
  const { snapshots } = await applyMigrations(db, migrations, { autoSnapshot: true });
  expect(snapshots).toEqual(["1", "2"]);
});
