import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import { listEvents } from "@surql/history";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  repairDatabase,
  type ExecutorEvent,
} from "../src/index.ts";
import { createProject, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

describe("an index built after a data change", () => {
  const filled = {
    "1": {
      up: "DEFINE TABLE user; FOR $i IN 0..50 { CREATE type::record('user', $i) SET n = $i };",
    },
    "2": {
      up: "UPDATE user SET n += 1000; DEFINE INDEX n_idx ON user FIELDS n UNIQUE;",
      down: "UPDATE user SET n -= 1000; REMOVE INDEX n_idx ON user;",
    },
  };

  test("misses the change in one transaction of the raw engine", async () => {
    await applyMigrations(project.db, await project.write({ "1": filled["1"] }));
    await project.db.query(`BEGIN; ${filled["2"].up} COMMIT;`);
    const [found] = await project.db.query("SELECT * FROM user WHERE n = 1007");
    expect(found).toEqual([]);
  });

  test("is done in two transactions, which is said before", async () => {
    const migrations = await project.write(filled);
    const { planned } = await applyMigrations(project.db, migrations, { dryRun: true });
    expect(planned[1]).toMatchObject({ transactions: 2 });
    expect(planned[1]?.notes[0]).toContain("n_idx");
    await applyMigrations(project.db, migrations);
    const [found] = await project.db.query("SELECT VALUE n FROM user WHERE n = 1007");
    expect(found).toEqual([1007]);
    expect(await project.versions()).toEqual(["1", "2"]);
    expect((await listEvents(project.db)).map(({ kind, result }) => [kind, result])).toEqual([
      ["apply", "done"],
      ["apply", "partial"],
      ["apply", "done"],
      ["check", "done"],
    ]);
  });

  test("goes on where it failed", async () => {
    const twice = {
      ...filled,
      "2": { up: "UPDATE user SET n = 7 WHERE n < 2; DEFINE INDEX n_idx ON user FIELDS n UNIQUE;" },
    };
    const migrations = await project.write(twice);
    await expect(applyMigrations(project.db, migrations)).rejects.toMatchObject({
      code: "EXECUTOR.PARTLY_APPLIED",
      category: "partial",
      meta: { migration: "2", statementIndex: 1 },
    });
    expect(await project.versions()).toEqual(["1"]);
    await project.db.query("UPDATE user:0 SET n = 5000; UPDATE user:1 SET n = 5001;");
    expect((await applyMigrations(project.db, migrations)).applied).toEqual(["2"]);
    const [left] = await project.db.query("SELECT VALUE n FROM user WHERE n > 4000 ORDER BY n");
    expect(left).toEqual([5000, 5001]);
  });
});

describe("a full-text index whose analyzer is new", () => {
  const analyzer = "DEFINE ANALYZER words TOKENIZERS blank FILTERS lowercase;";
  const index = "DEFINE INDEX words_idx ON post FIELDS body FULLTEXT ANALYZER words BM25;";

  test("fails over records in one transaction of the raw engine", async () => {
    await project.db.query("DEFINE TABLE post; CREATE post:1 SET body = 'Hello World'");
    await expect(project.db.query(`BEGIN; ${analyzer} ${index} COMMIT;`)).rejects.toThrow();
  });

  test("is built after the analyzer is committed, over a table that may hold records", async () => {
    const migrations = await project.write({
      "1": { up: "DEFINE TABLE post; CREATE post:1 SET body = 'Hello World';" },
      "2": { up: `${analyzer} ${index}` },
    });
    const { planned } = await applyMigrations(project.db, migrations);
    expect(planned.map(({ transactions }) => transactions)).toEqual([1, 2]);
    const [found] = await project.db.query("SELECT VALUE body FROM post WHERE body @@ 'hello'");
    expect(found).toEqual(["Hello World"]);
  });

  test("is rebuilt after the changed analyzer is committed, which the raw engine does with the old one", async () => {
    const plain = "DEFINE ANALYZER OVERWRITE words TOKENIZERS blank;";
    const lower = "DEFINE ANALYZER OVERWRITE words TOKENIZERS blank FILTERS lowercase;";
    const search = "SELECT VALUE body FROM post WHERE body @@ 'hello'";
    const migrations = await project.write({
      "1": { up: `DEFINE TABLE post; CREATE post:1 SET body = 'Hello'; ${plain}` },
      "2": { up: index },
    });
    await applyMigrations(project.db, migrations);
    await project.db.query(`BEGIN; ${lower} REBUILD INDEX words_idx ON post; COMMIT;`);
    expect(await project.db.query(search)).toEqual([[]]);
    await project.db.query(plain);

    const changed = await project.write({
      "3": { up: `${lower} REBUILD INDEX words_idx ON post;` },
    });
    const { planned } = await applyMigrations(project.db, changed);
    expect(planned.map(({ transactions }) => transactions)).toEqual([2]);
    expect(await project.db.query(search)).toEqual([["Hello"]]);
  });

  test("needs no second transaction over a table that is new", async () => {
    const migrations = await project.write({
      "1": { up: `DEFINE TABLE post; ${analyzer} ${index}` },
    });
    const { planned } = await applyMigrations(project.db, migrations);
    expect(planned.map(({ transactions }) => transactions)).toEqual([1]);
  });
});

const tableWithIndex = (name: string) => ({
  up: `DEFINE TABLE \`${name}\`; DEFINE INDEX n_idx ON \`${name}\` FIELDS n;`,
});

describe("checking the indexes afterwards", () => {
  test("asks as often for many empty tables as for one", async () => {
    const asked: string[] = [];
    const db: Database = {
      ...project.db,
      query: (sql, bindings) => {
        asked.push(sql);
        return project.db.query(sql, bindings);
      },
    };
    await applyMigrations(db, await project.write({ "01": tableWithIndex("my-table") }));
    const forOne = asked.length;
    const versions = Array.from({ length: 19 }, (_, index) => String(index + 2).padStart(2, "0"));
    const more = Object.fromEntries(versions.map((one) => [one, tableWithIndex(`table ${one}`)]));
    await applyMigrations(db, await project.write(more));
    expect(asked.length - forOne).toBe(forOne);
  });

  test("waits for one that is built in the background, of an empty table too", async () => {
    await applyMigrations(
      project.db,
      await project.write({
        "1": { up: "DEFINE TABLE t; DEFINE INDEX i ON t FIELDS a CONCURRENTLY;" },
      }),
    );
    const [info] = await project.db.query("INFO FOR INDEX i ON t");
    expect(info).toMatchObject({ building: { status: "ready" } });
  });

  test("waits for it so long and no longer, and a repair goes on", async () => {
    const { db } = project;
    const migrations = await project.write({
      "1": {
        up: "DEFINE TABLE t; FOR $i IN 0..2000 { CREATE t SET a = $i, b = array::range(0..100) };",
      },
      // So many entries take it a second.
      "2": { up: "DEFINE INDEX i ON t FIELDS a, b.* CONCURRENTLY;" },
    });
    await applyMigrations(db, migrations, { to: "1" });
    await expect(applyMigrations(db, migrations, { indexTimeoutMs: 0 })).rejects.toMatchObject({
      code: "EXECUTOR.INDEX_UNFINISHED",
      nextActions: expect.arrayContaining(["Then check it again: surql migrate repair"]),
    });
    expect(await project.versions()).toEqual(["1", "2"]);
    expect((await repairDatabase(db)).left).toEqual([]);
    const found = "RETURN array::distinct(SELECT VALUE a FROM t WHERE a = 7)";
    expect(await db.query(found)).toEqual([[7]]);
  });

  test("says so when a unique one fails in the background, which the raw engine does not", async () => {
    const { db } = project;
    const build = "DEFINE INDEX `i-u` ON t FIELDS a UNIQUE CONCURRENTLY;";
    const migrations = await project.write({
      "1": { up: "DEFINE TABLE t; CREATE t:1 SET a = 1; CREATE t:2 SET a = 1;" },
      "2": { up: build },
    });
    await applyMigrations(db, migrations, { to: "1" });
    await expect(db.query(`${build} REMOVE INDEX \`i-u\` ON t`)).resolves.toHaveLength(2);
    await expect(applyMigrations(db, migrations)).rejects.toMatchObject({
      code: "EXECUTOR.INDEX_INCOMPLETE",
      why: expect.stringContaining("already contains 1"),
      nextActions: expect.arrayContaining([
        "Take the duplicates out of t, then build it: REBUILD INDEX `i-u` ON TABLE t",
      ]),
    });
  });
});

describe("DEFINE INDEX OVERWRITE", () => {
  test("that fails empties the old index in the raw engine", async () => {
    await project.db.query(
      "DEFINE TABLE t; CREATE t:1 SET a = 1, b = 2; CREATE t:2 SET a = 3, b = 2; DEFINE INDEX i ON t FIELDS a;",
    );
    await expect(
      project.db.query("DEFINE INDEX OVERWRITE i ON t FIELDS b UNIQUE;"),
    ).rejects.toThrow();
    const [found] = await project.db.query("SELECT * FROM t WHERE a = 1");
    expect(found).toEqual([]);
  });

  test("that fails through us leaves the old index as it was", async () => {
    const migrations = await project.write({
      "1": { up: "DEFINE TABLE t; CREATE t:1 SET a = 1, b = 2; CREATE t:2 SET a = 3, b = 2;" },
      "2": { up: "DEFINE INDEX i ON t FIELDS a;" },
      "3": { up: "DEFINE INDEX OVERWRITE i ON t FIELDS b UNIQUE;" },
    });
    await expect(applyMigrations(project.db, migrations)).rejects.toMatchObject({
      code: "EXECUTOR.MIGRATION_FAILED",
    });
    const [found] = await project.db.query("SELECT VALUE b FROM t WHERE a = 1");
    expect(found).toEqual([2]);
  });

  test("hidden in a block, is rebuilt too when a later migration fails", async () => {
    const migrations = await project.write({
      "1": { up: "DEFINE TABLE t; CREATE t:1 SET a = 1;" },
      "2": { up: "IF true { UPDATE t SET a = 2; DEFINE INDEX i ON t FIELDS a; };" },
      "3": { up: "THROW 'no';" },
    });
    await expect(applyMigrations(project.db, migrations)).rejects.toMatchObject({
      code: "EXECUTOR.MIGRATION_FAILED",
      meta: { migration: "3" },
    });
    const [found] = await project.db.query("SELECT VALUE a FROM t WHERE a = 2");
    expect(found).toEqual([2]);
  });

  test("hidden in a block, is found incomplete and rebuilt", async () => {
    const rebuilt: ExecutorEvent[] = [];
    const migrations = await project.write({
      "1": { up: "DEFINE TABLE t; CREATE t:1 SET a = 1;" },
      "2": { up: "IF true { UPDATE t SET a = 2; DEFINE INDEX i ON t FIELDS a; };" },
    });
    await applyMigrations(project.db, migrations, { onEvent: (event) => rebuilt.push(event) });
    expect(rebuilt).toContainEqual({ kind: "index-rebuilt", table: "t", index: "i" });
    const [found] = await project.db.query("SELECT VALUE a FROM t WHERE a = 2");
    expect(found).toEqual([2]);
  });
});

const define = (field: string): string => `DEFINE TABLE shown AS SELECT id, ${field} FROM post;`;

describe("a view that is computed anew", () => {
  test("cannot be removed and defined in one transaction in memory, and is through us", async () => {
    const migrations = await project.write({
      "1": { up: `DEFINE TABLE post; CREATE post:1 SET a = 1, b = 2; ${define("a")}` },
      "2": { up: `REMOVE TABLE shown; ${define("b")}`, down: `REMOVE TABLE shown; ${define("a")}` },
    });
    await applyMigrations(project.db, migrations, { to: "1" });
    const raw = `BEGIN; REMOVE TABLE shown; ${define("b")} COMMIT;`;
    await expect(project.db.query(raw)).rejects.toThrow(/already exists/);
    const { planned } = await applyMigrations(project.db, migrations);
    expect(planned.map(({ transactions }) => transactions)).toEqual([2]);
    expect(await project.db.query("SELECT VALUE b FROM shown")).toEqual([[2]]);

    const plan = await createRollbackPlan(project.db, migrations, "1");
    expect(plan.transactions).toHaveLength(2);
    expect(await executeRollback(project.db, plan, { force: true })).toMatchObject({
      success: true,
    });
    expect(await project.db.query("SELECT VALUE a FROM shown")).toEqual([[1]]);
  });

  test("is one transaction on a store that writes files", async () => {
    const folder = await mkdtemp(join(tmpdir(), "surql-view-"));
    const db = await connect({ url: `surrealkv://${folder}`, namespace: "n", database: "d" });
    const migrations = await project.write({
      "1": { up: `DEFINE TABLE post; CREATE post:1 SET a = 1, b = 2; ${define("a")}` },
      "2": { up: `REMOVE TABLE shown; ${define("b")}` },
    });
    const { planned } = await applyMigrations(db, migrations);
    expect(planned.map(({ transactions }) => transactions)).toEqual([1, 1]);
    expect(await db.query("SELECT VALUE b FROM shown")).toEqual([[2]]);
    await db.close();
    await rm(folder, { recursive: true, maxRetries: 10 });
  });
});
