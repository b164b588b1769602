import { applyMigrations } from "surql";
import type { Database } from "surql";
import { describe, expect, it } from "vitest";
import { makeProject } from "../workflow/project.ts";
import type { Scripts } from "../workflow/project.ts";
import { makeStore } from "../workflow/stores.ts";

const twice = "DEFINE TABLE t; CREATE t:1 SET a = 1; CREATE t:2 SET a = 1;";
const unique = "DEFINE INDEX i ON t FIELDS a UNIQUE;";

async function apply(
  db: Database,
  scripts: Readonly<Record<string, Scripts>>,
  autoSnapshot = false,
) {
  await using project = await makeProject();
  return await applyMigrations(db, await project.write(scripts), { autoSnapshot });
}

describe.each(["mem", "surrealkv", "rocksdb"] as const)("on %s", (kind) => {
  it("a unique index takes in duplicates of its own transaction", async () => {
    await using store = await makeStore(kind);
    await using raw = await store.open();
    await raw.query("DEFINE TABLE t");
    await raw.query(`BEGIN; CREATE t:1 SET a = 1; CREATE t:2 SET a = 1; ${unique} COMMIT;`);
    expect(
      await raw.query("SELECT VALUE a FROM t WITH NOINDEX; SELECT * FROM t WHERE a = 1"),
    ).toEqual([[1, 1], []]);
  });

  it("through us, it is refused", async () => {
    await using store = await makeStore(kind);
    await using db = await store.open();
    await expect(apply(db, { "1": { up: `${twice} ${unique}` } })).rejects.toMatchObject({
      code: "EXECUTOR.PARTLY_APPLIED",
      meta: { statementIndex: 3 },
    });
  });

  it("a unique index cannot be built in the transaction that takes the duplicates out", async () => {
    await using store = await makeStore(kind);
    await using raw = await store.open();
    await raw.query(twice);
    await expect(raw.query(`BEGIN; DELETE t:2; ${unique} COMMIT;`)).rejects.toThrow(
      /already contains/,
    );
  });

  it("through us, it can", async () => {
    await using store = await makeStore(kind);
    await using db = await store.open();
    await apply(db, { "1": { up: twice }, "2": { up: `DELETE t:2; ${unique}` } }, true);
    await expect(db.query("CREATE t:3 SET a = 1")).rejects.toThrow(/already contains/);
    expect(await db.query("SELECT VALUE id.id() FROM t WHERE a = 1")).toEqual([[1]]);
  });

  it("DEFINE INDEX OVERWRITE that is undone leaves the old index empty", async () => {
    await using store = await makeStore(kind);
    await using raw = await store.open();
    await raw.query("DEFINE TABLE t; CREATE t:1 SET a = 1, b = 2; DEFINE INDEX i ON t FIELDS a");
    await expect(
      raw.query("BEGIN; DEFINE INDEX OVERWRITE i ON t FIELDS b; THROW 'undo'; COMMIT;"),
    ).rejects.toThrow(/undo/);
    expect(await raw.query("SELECT * FROM t WHERE a = 1")).toEqual([[]]);
  });

  it.each([false, true])("through us, it does not (snapshots: %s)", async (autoSnapshot) => {
    await using store = await makeStore(kind);
    await using db = await store.open();
    const first = {
      up: "DEFINE TABLE t; CREATE t:1 SET a = 1, b = 2; DEFINE INDEX i ON t FIELDS a;",
    };
    const second = { up: "DEFINE INDEX OVERWRITE i ON t FIELDS b; THROW 'undo';" };
    await expect(apply(db, { "1": first, "2": second }, autoSnapshot)).rejects.toMatchObject({
      code: "EXECUTOR.MIGRATION_FAILED",
      meta: { migration: "2" },
    });
    expect(await db.query("SELECT VALUE b FROM t WHERE a = 1")).toEqual([[2]]);
  });

  it.each([false, true])(
    "a table is removed and indexed again (snapshots: %s)",
    async (autoSnapshot) => {
      await using store = await makeStore(kind);
      await using db = await store.open();
      const made = "DEFINE TABLE t; DEFINE INDEX i ON t FIELDS a;";
      const again = { up: `REMOVE TABLE t; ${made} CREATE t:2 SET a = 5;` };
      await apply(db, { "1": { up: made }, "2": again }, autoSnapshot);
      expect(await db.query("SELECT VALUE id.id() FROM t WHERE a = 5")).toEqual([[2]]);
    },
  );
});
