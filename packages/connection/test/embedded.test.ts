import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "@surql/connection";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "surql-connection-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(["mem", "surrealkv", "rocksdb"])("an embedded %s engine", (store) => {
  const open = (name: string) =>
    connect({
      url: store === "mem" ? "mem://" : `${store}://${join(folder, "deep", name + store)}`,
      namespace: "my-namespace",
      database: "a`b\\c",
    });

  it("runs queries, scripts and transactions in the database that was asked for", async () => {
    await using db = await open("basic");
    expect(await db.query("RETURN [session::ns(), session::db()]; RETURN $n", { n: 2 })).toEqual([
      ["my-namespace", "a`b\\c"],
      2,
    ]);
    const results = await db.transact([
      { text: "DEFINE TABLE t SCHEMALESS" },
      { text: "CREATE ONLY t:1 SET n = 1 RETURN VALUE n -- the first" },
    ]);
    expect(results).toEqual([undefined, 1]);
    expect(await db.transaction((tx) => tx.run([{ text: "SELECT VALUE n FROM t" }]))).toEqual([
      [1],
    ]);
    expect(db.target).toMatchObject({ engine: "embedded", store, interactiveTransactions: true });
  });

  it("undoes a script as a whole and blames the statement that failed", async () => {
    await using db = await open("undo");
    const script = [
      { text: "CREATE t:1" },
      { text: "THROW 'no'", origin: { file: "1.surql", line: 3 } },
      { text: "CREATE t:2" },
    ];
    await expect(db.transact(script)).rejects.toMatchObject({
      code: "CONNECTION.QUERY_FAILED",
      meta: { index: 1, statement: "THROW 'no'", file: "1.surql", line: 3 },
    });
    await expect(db.transaction((tx) => tx.run(script))).rejects.toMatchObject({
      meta: { index: 1, statement: "THROW 'no'" },
    });
    expect(await db.query("INFO FOR DB")).toMatchObject([{ tables: {} }]);
  });
});

it("opens scratch engines that share nothing", async () => {
  await using db = await connect({ url: "mem://", namespace: "a", database: "b" });
  await using one = await db.openScratch();
  await using two = await db.openScratch();
  await one.query("CREATE t:1");
  expect(await one.query("SELECT VALUE id FROM t")).toHaveLength(1);
  for (const other of [two, db]) {
    expect(await other.query("INFO FOR DB")).toMatchObject([{ tables: {} }]);
  }
});
