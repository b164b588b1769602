import { applyMigrations } from "surql";
import { expect, it } from "vitest";
import { digest } from "../workflow/digest.ts";
import { makeProject } from "../workflow/project.ts";
import { makeStore } from "../workflow/stores.ts";

const again = "DELETE t:1; CREATE t:1 SET a = 2;";

it("a record cannot be made again in the transaction that deleted it, on mem only", async () => {
  for (const kind of ["mem", "surrealkv", "rocksdb"] as const) {
    await using store = await makeStore(kind);
    await using raw = await store.open();
    await raw.query("DEFINE TABLE t; CREATE t:1 SET a = 1");
    const reason = await raw.query(`BEGIN; ${again} COMMIT;`).then(
      () => "",
      (error: unknown) => String(error),
    );
    expect([kind, reason.includes("already exists")]).toEqual([kind, kind === "mem"]);
  }
});

it("through us, that is said, and nothing is changed", async () => {
  await using store = await makeStore("mem");
  await using project = await makeProject();
  await using db = await store.open();
  await project.write({ "1": { up: "DEFINE TABLE t; CREATE t:1 SET a = 1;" } });
  const migrations = await project.write({ "2": { up: again } });
  await applyMigrations(db, migrations, { to: "1" });
  const before = await digest(db);
  await expect(applyMigrations(db, migrations)).rejects.toMatchObject({
    code: "EXECUTOR.MIGRATION_FAILED",
    meta: { statementIndex: 1, reason: expect.stringContaining("already exists") as string },
  });
  expect(await digest(db)).toEqual(before);
});
