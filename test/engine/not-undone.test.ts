import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyMigrations, connect, createRollbackPlan } from "surql";
import { expect, it } from "vitest";
import { digest } from "../workflow/digest.ts";
import { makeProject } from "../workflow/project.ts";
import { makeStore } from "../workflow/stores.ts";

it("ALTER SYSTEM is not undone with its transaction, and is refused", async () => {
  await using store = await makeStore("mem");
  await using project = await makeProject();
  await using db = await store.open();
  await expect(
    db.query("BEGIN; ALTER SYSTEM QUERY_TIMEOUT 50s; THROW 'undo'; COMMIT;"),
  ).rejects.toThrow(/undo/);
  const [root] = await db.query("INFO FOR ROOT");
  expect(JSON.stringify(root)).toContain('"QUERY_TIMEOUT":"50s"');

  const before = await digest(db);
  const migrations = await project.write({ "1": { up: "ALTER SYSTEM QUERY_TIMEOUT 60s;" } });
  await expect(applyMigrations(db, migrations)).rejects.toMatchObject({
    code: "SAFETY.FORBIDDEN_STATEMENT",
  });
  expect(await digest(db)).toEqual(before);
});

it("a sequence is not rolled back, which the plan says", async () => {
  await using store = await makeStore("mem");
  await using project = await makeProject();
  await using db = await store.open();
  const next = "sequence::nextval('tickets')";
  await db.query("DEFINE SEQUENCE tickets");
  expect(await db.query(`RETURN ${next}`)).toEqual([0]);
  await expect(db.query(`BEGIN; LET $n = ${next}; THROW 'undo'; COMMIT;`)).rejects.toThrow(/undo/);
  expect(await db.query(`RETURN ${next}`)).toEqual([2]);

  const migrations = await project.write({
    "1": { up: "DEFINE TABLE ticket;", down: `CREATE ticket SET number = ${next};` },
  });
  await applyMigrations(db, migrations);
  const { issues } = await createRollbackPlan(db, migrations, "base");
  expect(issues.map(({ code, safety, object }) => [code, safety, object?.name])).toContainEqual([
    "side_effects",
    "unsafe",
    "sequence::nextval",
  ]);
});

it("an UPDATE in a migration sets off the events of its table, which the plan says", async () => {
  await using store = await makeStore("mem");
  await using project = await makeProject();
  await using db = await store.open();
  const migrations = await project.write({
    "1": {
      up: `DEFINE TABLE person; CREATE person:1; DEFINE TABLE log;
DEFINE EVENT note ON person WHEN $event = 'UPDATE' THEN { CREATE log };`,
    },
    "2": { up: "UPDATE person SET seen = true;", down: "UPDATE person SET seen = false;" },
  });
  await applyMigrations(db, migrations);
  expect(await db.query("RETURN count((SELECT * FROM log))")).toEqual([1]);
  const { issues } = await createRollbackPlan(db, migrations, "1");
  expect(issues.map(({ code, object }) => [code, object?.name])).toContainEqual([
    "side_effects",
    "note",
  ]);
});

it("a cancelled build of an index keeps what it wrote, and so a rehearsal builds none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "surql-build-"));
  const size = async (): Promise<number> => {
    const names = await readdir(folder, { recursive: true });
    const stats = await Promise.all(names.map((name) => stat(join(folder, name))));
    return stats.reduce((sum, one) => sum + one.size, 0);
  };
  try {
    await using project = await makeProject();
    await using db = await connect({
      url: `surrealkv://${folder}`,
      namespace: "library",
      database: "main",
    });
    const index = "DEFINE INDEX name_idx ON person FIELDS name UNIQUE;";
    const migrations = await project.write({
      "1": {
        up: "FOR $n IN 0..3000 { CREATE type::record('person', $n) SET name = <string> $n };",
      },
      "2": { up: "DEFINE TABLE other", down: index },
    });
    await applyMigrations(db, migrations);
    const before = await size();
    const { rehearsal } = await createRollbackPlan(db, migrations, "1", { rehearse: true });
    expect(rehearsal?.success).toBe(true);
    expect((await size()) - before).toBeLessThan(10_000);
    await expect(db.query(`BEGIN; ${index} THROW 'undo'; COMMIT;`)).rejects.toThrow(/undo/);
    expect((await size()) - before).toBeGreaterThan(100_000);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
});
