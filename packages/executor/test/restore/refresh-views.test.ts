import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { connect } from "@surql/connection";
import { applyMigrations, restoreQuarantined, type ExecutorEvent } from "../../src/index.ts";
import { createProject } from "../project.ts";
import { keep, type Kept } from "./keep.ts";

const entry: Kept = {
  id: "q1",
  kind: "table",
  table: "user",
  items: ["[{ id: user:1, n: 1 }, { id: user:2, n: 1 }]"],
  count: 2,
};
const schema =
  "DEFINE TABLE user; DEFINE TABLE by_n AS SELECT count() AS many, n FROM user GROUP BY n;";

test.each(["mem", "surrealkv"])(
  "views hold what came back, and their records can be written (%s)",
  async (store) => {
    const folder = await mkdtemp(join(tmpdir(), "surql-views-"));
    const url = store === "mem" ? "mem://" : `surrealkv://${join(folder, "db")}`;
    {
      await using project = await createProject(
        await connect({ url, namespace: "test", database: "test" }),
      );
      const { db } = project;
      await db.query(`${schema} CREATE user:9 SET n = 9`);
      await keep(db, entry);
      const events: ExecutorEvent[] = [];
      await restoreQuarantined(db, "q1", { rule: "ours", onEvent: (event) => events.push(event) });
      expect(events).toContainEqual({ kind: "view-filled", view: "by_n" });
      await db.query("UPDATE user:1 SET n = 9");
      expect(await project.rows("by_n ORDER BY n")).toMatchObject([
        { n: 1, many: 1 },
        { n: 9, many: 2 },
      ]);
    }
    await rm(folder, { recursive: true, maxRetries: 10 });
  },
);

test("views that a migration defines hold what came back with it", async () => {
  await using project = await createProject();
  const migrations = await project.write({ "1": { up: schema } });
  await keep(project.db, entry);
  await applyMigrations(project.db, migrations, { restore: "theirs" });
  expect(await project.rows("by_n")).toMatchObject([{ n: 1, many: 2 }]);
});
