import { rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { connect } from "@surql/connection";
import type { Database } from "@surql/connection";
import { useTemporaryFolder } from "./temporary-folder.ts";

const inFolder = useTemporaryFolder();

describe.each(["surrealkv", "rocksdb"])("a %s store", (store) => {
  const open = (name: string): Promise<Database> =>
    connect({ url: `${store}://${inFolder(name + store)}`, namespace: "shop", database: "main" });

  it("opens again and again in one process, whatever was done in it", async () => {
    for (let round = 1; round <= 4; round += 1) {
      await using db = await open("again");
      await db.query(`
        DEFINE TABLE IF NOT EXISTS item SCHEMALESS;
        DEFINE ANALYZER IF NOT EXISTS words TOKENIZERS blank;
        CREATE item:${round} SET n = ${round}, text = 'number ${round}';
        DEFINE INDEX plain${round} ON item FIELDS n;
        DEFINE INDEX search${round} ON item FIELDS text FULLTEXT ANALYZER words BM25;
        DEFINE INDEX near${round} ON item FIELDS vector HNSW DIMENSION 2;
        REBUILD INDEX plain1 ON item;
      `);
      const [all, found, matched] = await db.query(`
        SELECT VALUE id.id() FROM item; SELECT VALUE id.id() FROM item WHERE n = 1;
        SELECT VALUE id.id() FROM item WHERE text @@ '${round}'`);
      expect(all).toHaveLength(round);
      expect([found, matched]).toEqual([[1], [round]]);
    }
  });

  it("keeps its indexes whole when it is closed and opened again", async () => {
    const before = await open("whole");
    await before.query(`
      FOR $n IN 0..500 { CREATE type::record('item', $n) SET n = $n % 50 };
      CREATE one:1 SET n = 1;
      DEFINE INDEX by_n ON item FIELDS n; DEFINE INDEX only ON one FIELDS n UNIQUE`);
    const definitions = await before.query("INFO FOR TABLE item; INFO FOR TABLE one");
    await before.close();

    await using after = await open("whole");
    expect(await after.query("INFO FOR TABLE item; INFO FOR TABLE one")).toEqual(definitions);
    const [byIndex, byScan] = await after.query(`
      SELECT VALUE id FROM item WHERE n = 7; SELECT VALUE id FROM item WITH NOINDEX WHERE n = 7`);
    expect(byIndex).toHaveLength(10);
    expect(byIndex).toEqual(byScan);
    await expect(after.query("CREATE one:2 SET n = 1")).rejects.toMatchObject({
      meta: { reason: expect.stringContaining("already contains 1") as string },
    });
  });

  it("is shared by the connections of one process, each with a session of its own", async () => {
    await using one = await open("shared");
    const two = await connect({
      url: one.target.url,
      namespace: "shop",
      database: "other",
    });
    await one.query("CREATE item:1; LET $x = 1");
    expect(await two.query("RETURN [$session.db, $x]; INFO FOR DB")).toMatchObject([
      ["other", undefined],
      { tables: {} },
    ]);
    await two.close();
    expect(await one.query("SELECT VALUE id.id() FROM item")).toEqual([[1]]);
  });

  it("cancels the transaction that is open when its connection is closed", async () => {
    const db = await open("left");
    const left = await db.client.beginTransaction();
    await left.query("CREATE item:1");
    await db.close();
    await using again = await open("left");
    await again.query("CREATE item:2");
    expect(await again.query("SELECT VALUE id.id() FROM item")).toEqual([[2]]);
  });

  it("answers the calls that are under way when it is closed", async () => {
    const db = await open("busy");
    const answer = db.query("SLEEP 100ms; RETURN 1");
    await db.close();
    expect(await answer).toEqual([undefined, 1]);
  });

  it("is never taken for one that was put in its place", async () => {
    const first = await open("replaced");
    await first.query("CREATE item:1");
    await first.close();
    await rm(inFolder(`replaced${store}`), { recursive: true, maxRetries: 10 });
    const second = await open("replaced").catch((error: unknown) => error);
    if (store === "rocksdb") {
      expect(second).toMatchObject({ code: "CONNECTION.STORE_LOCKED" });
    } else {
      await using db = second as Database;
      expect(await db.query("INFO FOR DB")).toMatchObject([{ tables: {} }]);
    }
  });

  it("goes on when it is opened while it is being closed", async () => {
    const first = await open("race");
    await first.query("DEFINE INDEX i ON item FIELDS n; CREATE item:1");
    const closing = first.close();
    await using second = await open("race");
    await closing;
    expect(await second.query("SELECT VALUE id.id() FROM item")).toEqual([[1]]);
  });
});
