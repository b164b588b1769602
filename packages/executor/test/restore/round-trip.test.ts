import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import { listQuarantine } from "@surql/history";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  exportQuarantine,
  importRecords,
  pruneQuarantine,
  restoreQuarantined,
} from "../../src/index.ts";
import { createProject, writeAndApply, type File } from "../project.ts";

/** Every type of value that the engine has, in places where it could get lost. */
const values = [
  ..."NONE, NULL, true, 1, -9223372036854775808, 1.0, -0.0, 1e-7, 1f / 0, <float>'NaN', 1.50dec, 123456789012345678.901234567890dec".split(
    ", ",
  ),
  "''",
  String.raw`'it\'s "quoted" \n \u{1F600} \0'`,
  "d'2020-01-01T00:00:00.123456789Z'",
  "1w2h5ns",
  "0ns",
  "u'0190b6c2-3c5a-7f11-8c1a-1a2b3c4d5e6f'",
  "<bytes>'abc'",
  "<set>[1, 'x', <set>[]]",
  "1..=5",
  "'a'..",
  "/a+/",
  "(1.5, -2)",
  "{ type: 'Polygon', coordinates: [[[0, 0], [1, 1], [1, 0], [0, 0]]] }",
  "{ type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }] }",
  "user:1",
  "user:['a', { b: NONE }]",
  "`odd table`:`a b`",
  "`select`:1",
  "user:1..5",
  "[[], {}, [NONE, NULL]]",
  "{ `odd key`: { `a\\`b`: [1, { c: 1dec }] }, '': 1, `select`: 2 }",
];
const ids = [
  "1",
  "`1`",
  "`a b`",
  "['x', { a: NONE }, d'2020-01-01T00:00:00.000000001Z']",
  "{ a: 1 }",
  "u'0190b6c2-3c5a-7f11-8c1a-1a2b3c4d5e6f'",
  "-5",
  "`a⟩b``c`".replace("``", "\\`"),
  "`😀`",
];

const files: Readonly<Record<string, File>> = {
  "0": { up: "DEFINE TABLE knows TYPE RELATION;" },
  "1": {
    up: "DEFINE TABLE user; DEFINE TABLE likes TYPE RELATION FROM user TO user;",
    down: "REMOVE TABLE likes; REMOVE TABLE user;",
  },
  "2": {
    up: "DEFINE TABLE strict SCHEMAFULL; DEFINE FIELD a ON strict TYPE object; DEFINE FIELD a.keep ON strict TYPE int; DEFINE FIELD twice ON strict COMPUTED a.keep * 2; DEFINE FIELD tags ON strict TYPE option<array<object>>; DEFINE FIELD tags.*.x ON strict TYPE option<int>;",
    down: "REMOVE TABLE strict;",
  },
  "3": {
    up: "DEFINE FIELD `odd name` ON strict TYPE any; DEFINE FIELD a.lost ON strict TYPE option<string>; DEFINE FIELD tags.*.y ON strict TYPE option<int>;",
    down: "REMOVE FIELD tags.*.y ON strict; REMOVE FIELD a.lost ON strict; REMOVE FIELD `odd name` ON strict;",
  },
  "4": {
    up: "DEFINE FIELD n ON strict TYPE option<int>; UPDATE strict SET n = 5 WHERE n = NONE;",
    down: "UPDATE strict SET n = 0; DELETE strict WHERE a.keep = 2; REMOVE FIELD n ON strict;",
  },
};

async function fill(db: Database): Promise<void> {
  await db.query(
    values
      .map(
        (value, n) =>
          `CREATE user:${n + 100} CONTENT { v: ${value}, list: [${value}] } RETURN NONE`,
      )
      .join(";"),
  );
  await db.query(ids.map((id) => `CREATE user:${id} SET nil = NULL`).join(";"));
  await db.query(`
    RELATE user:100->knows:[1, 'a']->user:101 SET w = 1.0; RELATE user:101->likes:1->user:100 SET w = NULL;
    CREATE strict:1 CONTENT { a: { keep: 1, lost: 'l' }, \`odd name\`: [1dec, NONE], tags: [{ x: 1, y: 2 }, { x: 3 }], n: 7 };
    CREATE strict:2 CONTENT { a: { keep: 2 }, \`odd name\`: NULL, n: 8 };
  `);
}

/** All records as the engine writes them, which tells every type from every other. */
async function content(db: Database): Promise<readonly string[]> {
  const parts = ["user", "knows", "likes", "strict"].map(
    (table) => `RETURN <string>(SELECT * FROM ${table})`,
  );
  const paths = [
    "user:100->knows->user",
    "user:101<-knows<-user",
    "user:101->likes->user",
    "user:100<-likes<-user",
  ];
  return (
    await db.query([...parts, ...paths.map((path) => `RETURN <string>${path}`)].join(";"))
  ).map(String);
}

test.each(["mem", "surrealkv"])(
  "going back and forth with ours leaves every record equal (%s)",
  async (store) => {
    const folder = await mkdtemp(join(tmpdir(), "surql-round-"));
    const url = store === "mem" ? "mem://" : `surrealkv://${join(folder, "db")}`;
    {
      await using project = await createProject(
        await connect({ url, namespace: "test", database: "test" }),
      );
      const { db } = project;
      const migrations = await writeAndApply(project, files);
      await fill(db);
      const before = await content(db);
      expect(before.slice(-4)).toEqual(["[user:101]", "[user:100]", "[user:100]", "[user:101]"]);
      const plan = await createRollbackPlan(db, migrations, "0", { preserve: true });
      const rollback = await executeRollback(db, plan, { force: true });
      expect(rollback.errors).toEqual([]);
      const { restored, kept } = await applyMigrations(db, migrations, { restore: "ours" });
      expect(await content(db)).toEqual(before);
      expect(kept).toEqual([]);
      expect(restored.length).toBeGreaterThan(5);

      // The same as lines of JSON, into the database of somebody who has dropped everything else.
      const event = (await listQuarantine(db)).at(-1)?.event;
      const lines: string[] = [];
      await exportQuarantine(db, event, async (line) => void lines.push(line));
      await pruneQuarantine(db, { restored: true });
      const again = await createRollbackPlan(db, migrations, "0");
      await executeRollback(db, again, { force: true });
      await db.query("DELETE knows");
      await applyMigrations(db, migrations);
      const imported = await importRecords(db, [{ name: "all", lines }]);
      await restoreQuarantined(db, imported, { rule: "ours" });
      expect(await content(db)).toEqual(before);
    }
    await rm(folder, { recursive: true, maxRetries: 10 });
  },
);
