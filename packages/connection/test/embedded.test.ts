import { mkdir, readdir, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { connect } from "@surql/connection";
import { useTemporaryFolder } from "./temporary-folder.ts";

const inFolder = useTemporaryFolder();
const place = { namespace: "shop", database: "main" };

describe.each(["mem", "surrealkv", "rocksdb"])("an embedded %s engine", (store) => {
  const open = (name: string) =>
    connect({
      url: store === "mem" ? "mem://" : `${store}://${inFolder(`deep/${name} ${store}`)}`,
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
    expect(await db.transact([])).toEqual([]);
    expect(db.target).toMatchObject({ engine: "embedded", store, interactiveTransactions: true });
  });

  it("runs several transactions in one text, each by itself", async () => {
    await using db = await open("each");
    const failing = [{ text: "CREATE t:2" }, { text: "THROW $why", origin: { line: 7 } }];
    const scripts = [[{ text: "CREATE t:1" }], failing, [{ text: "CREATE t:3" }], []];
    const came = await db.transactEach(scripts, { why: "stop" });
    const failed = "CONNECTION.QUERY_FAILED";
    expect(came.map((error) => error?.code)).toEqual([undefined, failed, undefined, undefined]);
    expect(came[1]?.meta).toMatchObject({ index: 1, statement: "THROW $why", line: 7 });
    expect(await db.query("SELECT VALUE <string>id FROM t")).toEqual([["t:1", "t:3"]]);
    const broken = db.transactEach([[{ text: "CREATE t:4" }], [{ text: "CREAT t:5" }]]);
    await expect(broken).rejects.toMatchObject({ code: "CONNECTION.INVALID_STATEMENT" });
    expect(await db.query("SELECT VALUE <string>id FROM t")).toEqual([["t:1", "t:3"]]);
  });

  it("undoes a script as a whole and blames the statement that failed", async () => {
    await using db = await open("undo");
    const script = [
      { text: "CREATE t:1" },
      { text: "THROW 'no'", origin: { file: "1.surql", line: 3 } },
      { text: "CREATE t:2" },
    ];
    const error = {
      code: "CONNECTION.QUERY_FAILED",
      meta: { index: 1, statement: "THROW 'no'", file: "1.surql", line: 3 },
    };
    await expect(db.transact(script)).rejects.toMatchObject(error);
    await expect(db.transaction((tx) => tx.run(script))).rejects.toMatchObject(error);
    expect(await db.query("INFO FOR DB")).toMatchObject([{ tables: {} }]);
  });

  it("reports a conflict", async () => {
    await using db = await open("conflict");
    await db.query("CREATE t:1 SET n = 0");
    const losing = db.transaction(async (transaction) => {
      await transaction.query("UPDATE t:1 SET n = 1");
      await db.query("UPDATE t:1 SET n = 2");
    });
    await expect(losing).rejects.toMatchObject({ code: "CONNECTION.CONFLICT" });
    expect(await db.query("SELECT VALUE n FROM t")).toEqual([[2]]);
  });
});

describe("what a script may not do", () => {
  it("skip the rest by a RETURN is reported, because the first part was committed", async () => {
    await using db = await connect({ url: "mem://", ...place });
    const script = [{ text: "CREATE t:1" }, { text: "RETURN 1" }, { text: "CREATE t:2" }];
    await expect(db.transact(script)).rejects.toMatchObject({ code: "CONNECTION.OUTCOME_UNKNOWN" });
    expect(await db.query("SELECT VALUE id.id() FROM t")).toEqual([[1]]);
  });

  it("give a result that the engine cannot encode leaves the outcome unknown", async () => {
    await using db = await connect({ url: "mem://", ...place });
    const script = [{ text: "CREATE t:1" }, { text: "RETURN /a/" }];
    await expect(db.transact(script)).rejects.toMatchObject({
      code: "CONNECTION.OUTCOME_UNKNOWN",
      meta: { reason: "Unsupported value type: Regex" },
    });
    expect(await db.query("SELECT VALUE id.id() FROM t")).toEqual([[1]]);
  });

  it("show a secret", async () => {
    await using db = await connect({ url: "mem://", ...place });
    const text = "DEFINE USER u ON DATABASE PASSWORD 'hunter2' ROLES NOBODY";
    const calls = [
      () => db.transact([{ text }]),
      () => db.query(text),
      () => db.query(`${text} WHAT 'hunter2`),
    ];
    for (const call of calls) {
      const error: unknown = await call().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: expect.stringMatching(/^CONNECTION/) as string });
      expect(JSON.stringify(error) + String((error as Error).cause)).not.toContain("hunter2");
    }
  });
});

describe("a store's path", () => {
  it("is relative to the working directory, and its parents are made", async () => {
    const home = process.cwd();
    await mkdir(inFolder("work"));
    process.chdir(inFolder("work"));
    try {
      const db = await connect({ url: "surrealkv://.surql/ä #1%20", ...place });
      await db.close();
      expect(await readdir(inFolder("work/.surql"))).toEqual(["ä #1%20"]);
    } finally {
      process.chdir(home);
    }
  });

  it.each(["surrealkv", "rocksdb"])("that cannot hold a %s store is refused", async (store) => {
    await writeFile(inFolder("file"), "not a folder");
    for (const path of ["file", "file/below"]) {
      const url = `${store}://${inFolder(path)}`;
      await expect(connect({ url, ...place })).rejects.toMatchObject({
        code: "CONNECTION.STORE_UNUSABLE",
        meta: { url },
      });
    }
  });
});

it("signs in to an embedded store when credentials are given", async () => {
  const url = `surrealkv://${inFolder("users")}`;
  const owner = await connect({ url, ...place });
  await owner.query("DEFINE USER viewer ON DATABASE PASSWORD 'secret-1' ROLES VIEWER");
  await owner.close();
  const viewer = { url, ...place, authLevel: "database", username: "viewer" } as const;
  await using db = await connect({ ...viewer, password: "secret-1" });
  await expect(db.query("DEFINE TABLE t")).rejects.toMatchObject({
    code: "CONNECTION.NOT_PERMITTED",
  });
  await expect(connect({ ...viewer, password: "secret-2" })).rejects.toMatchObject({
    code: "CONNECTION.SIGNIN_FAILED",
  });
});

it.each([
  [{ namespace: "" }, "namespace"],
  [{ database: "" }, "database"],
  [{ username: "root" }, "password"],
  [{ password: "secret" }, "user name"],
  [{ username: "a", password: "b", authLevel: "galaxy" as never }, "galaxy"],
])("refuses the configuration %j", async (config, named) => {
  await expect(connect({ url: "mem://", ...place, ...config })).rejects.toMatchObject({
    code: "CONNECTION.BAD_CONFIG",
    category: "usage",
    message: expect.stringContaining(named) as string,
  });
});

it("opens scratch engines that share nothing", async () => {
  await using db = await connect({ url: "mem://", ...place });
  await using one = await db.openScratch();
  await using two = await db.openScratch();
  await one.query("CREATE t:1");
  expect(await one.query("SELECT VALUE id.id() FROM t; RETURN $session.db")).toEqual([[1], "main"]);
  for (const other of [two, db]) {
    expect(await other.query("INFO FOR DB")).toMatchObject([{ tables: {} }]);
  }
});
