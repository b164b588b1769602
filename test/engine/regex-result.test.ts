import { applyMigrations, createRollbackPlan, executeRollback, listEvents } from "surql";
import { describe, expect, it } from "vitest";
import { makeProject } from "../workflow/project.ts";
import { makeStore } from "../workflow/stores.ts";

// The engine commits, and then cannot encode its answer: the client throws as if it had failed.
describe.each(["mem", "surrealkv", "rocksdb"] as const)("on %s", (kind) => {
  it("a result that holds a regex comes as an error after the commit", async () => {
    await using store = await makeStore(kind);
    await using db = await store.open();
    await expect(db.query("CREATE t:1 SET pattern = /a+/")).rejects.toMatchObject({
      code: "CONNECTION.OUTCOME_UNKNOWN",
    });
    expect(await db.query("SELECT VALUE <string>pattern FROM t")).toEqual([["/a+/"]]);
  });

  it("a migration with such a result is applied, exactly once, and rolled back, exactly once", async () => {
    await using store = await makeStore(kind);
    await using project = await makeProject();
    await using db = await store.open();
    const migrations = await project.write({
      "1": {
        up: "DEFINE TABLE rule; CREATE rule:1 SET pattern = /a+/, ups = 0, downs = 0;",
        down: "REMOVE TABLE rule;",
      },
      "2": { up: "UPDATE rule SET ups += 1;", down: "UPDATE rule SET downs += 1;" },
    });
    expect((await applyMigrations(db, migrations)).applied).toEqual(["1", "2"]);
    const plan = await createRollbackPlan(db, migrations, "1");
    const result = await executeRollback(db, plan, { force: true });
    expect(result).toMatchObject({ success: true, rolledBack: ["2"], errors: [] });
    expect(await db.query("SELECT VALUE [ups, downs] FROM rule")).toEqual([[[1, 1]]]);
    const events = await listEvents(db);
    expect(events.map(({ kind: event, versions }) => [event, ...versions])).toEqual([
      ["apply", "1"],
      ["apply", "2"],
      ["rollback", "2"],
    ]);
  });

  it("with a snapshot as well, whose transaction cannot be settled by looking for its event", async () => {
    await using store = await makeStore(kind);
    await using project = await makeProject();
    await using db = await store.open();
    const migrations = await project.write({
      "1": { up: "DEFINE TABLE rule; CREATE rule:1 SET pattern = /a+/, ups = 0;" },
      "2": { up: "UPDATE rule SET ups += 1; SELECT * FROM rule" },
    });
    const { applied, snapshots } = await applyMigrations(db, migrations, { autoSnapshot: true });
    expect([applied, snapshots]).toEqual([
      ["1", "2"],
      ["1", "2"],
    ]);
    expect(await db.query("SELECT VALUE [ups, <string>pattern] FROM rule")).toEqual([
      [[1, "/a+/"]],
    ]);
  });
});
