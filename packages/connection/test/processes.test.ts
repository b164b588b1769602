import { beforeAll, describe, expect, it } from "vitest";
import { connect } from "@surql/connection";
import { compilePackage, copyPackage, holdStore, useStore } from "./children/run-child.ts";
import { useTemporaryFolder } from "./temporary-folder.ts";

const inFolder = useTemporaryFolder();
beforeAll(compilePackage);

const fill = `
  DEFINE TABLE item SCHEMALESS; DEFINE INDEX by_n ON item FIELDS n UNIQUE;
  CREATE item:1 SET n = 1; REBUILD INDEX by_n ON item; RETURN 'done'`;

describe.each(["mem", "surrealkv", "rocksdb"])(
  "a process that has closed its %s store",
  (store) => {
    const url = () => (store === "mem" ? "mem://" : `${store}://${inFolder(`end-${store}`)}`);

    it("ends at once, though it has built an index", async () => {
      const filled = await useStore(url(), fill);
      expect(filled).toMatchObject({ code: 0, printed: "done" });
      // One that is held never ends; how long a busy machine takes to start it says nothing.
      expect(filled.took).toBeLessThan(60_000);
    });

    it.skipIf(store === "mem")("leaves its data on disk", async () => {
      const read = await useStore(url(), "SELECT VALUE id.id() FROM item WHERE n = 1");
      expect(read).toMatchObject({ code: 0, printed: [1] });
    });
  },
);

describe.each(["surrealkv", "rocksdb"])("a %s store that another process has open", (store) => {
  it("is reported as locked, and opens when it is free again", async () => {
    const url = `${store}://${inFolder(`held-${store}`)}`;
    const holder = await holdStore(url);
    const error = { code: "CONNECTION.STORE_LOCKED", category: "locked", meta: { url } };
    await expect(connect({ url, namespace: "a", database: "b" })).rejects.toMatchObject(error);
    const child = await useStore(url, "RETURN 1");
    expect(child).toMatchObject({ code: 1, printed: { code: "CONNECTION.STORE_LOCKED" } });
    expect(child.took).toBeLessThan(60_000);
    await holder.letGo();
    expect(await useStore(url, "RETURN 1")).toMatchObject({ code: 0, printed: 1 });
  });
});

it("gives a closed surrealkv store free for other processes, though an index was built", async () => {
  const url = `surrealkv://${inFolder("free")}`;
  const db = await connect({ url, namespace: "shop", database: "main" });
  await db.query(fill);
  await db.close();
  const read = await useStore(url, "SELECT VALUE id.id() FROM item WHERE n = 1");
  expect(read).toMatchObject({ code: 0, printed: [1] });
});

it("keeps a closed rocksdb store for itself, because the engine cannot let go of it", async () => {
  const url = `rocksdb://${inFolder("kept")}`;
  const db = await connect({ url, namespace: "shop", database: "main" });
  await db.close();
  expect(await useStore(url, "RETURN 1")).toMatchObject({
    printed: { code: "CONNECTION.STORE_LOCKED" },
  });
});

describe("where not everything is installed", () => {
  it("the package can be imported: it loads nothing until it connects", async () => {
    await copyPackage(inFolder("bare"), ["@surql/errors"]);
    // The script prints what connect() throws: had the import failed, it would print nothing.
    expect(await useStore("", "", inFolder("bare/use-store.js"))).toMatchObject({
      printed: { code: "ERR_MODULE_NOT_FOUND" },
    });
  });

  it("only an embedded URL needs the embedded engine, and the error says how to get it", async () => {
    await copyPackage(inFolder("remote"), ["@surql/errors", "surrealdb"]);
    const script = inFolder("remote/use-store.js");
    expect(await useStore("mem://", "RETURN 1", script)).toMatchObject({
      code: 1,
      printed: {
        code: "CONNECTION.ENGINE_MISSING",
        nextActions: [expect.stringContaining("npm install @surrealdb/node"), expect.anything()],
      },
    });
    expect(await useStore("http://127.0.0.1:1", "RETURN 1", script)).toMatchObject({
      printed: { code: "CONNECTION.UNREACHABLE" },
    });
  });
});
