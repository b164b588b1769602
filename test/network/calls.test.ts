import { connect } from "@surql/connection";
import type { ConnectConfig, Database } from "@surql/connection";
import { Surreal } from "surrealdb";
import { WebSocket } from "ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../server/listen.ts";
import type { TestServer } from "../server/listen.ts";

let server: TestServer;
beforeAll(async () => {
  server = await listen();
});
afterAll(() => server.close());

let count = 0;
function open(scheme: "ws" | "http", config: Partial<ConnectConfig> = {}): Promise<Database> {
  const url = scheme === "ws" ? server.url : server.httpUrl;
  count += 1;
  return connect({ url, namespace: "calls", database: `d${count}`, ...config });
}

const everyKindOfValue = `RETURN [NONE, NULL, true, 1, -1.5, 9223372036854775807, 1.5dec, 'text', 1h30m, d'2026-01-02T03:04:05.123456789Z',
  u'018e8b7d-7a44-7c36-9a43-5d6b8b2f1c11', person:one, person:[1, { a: 'b' }], <bytes>'abc', (1.5, 2.5), { a: [{}] }, <set>[1, 1], 1..3]`;

describe.each(["ws", "http"] as const)("over %s", (scheme) => {
  it("brings every kind of value as the embedded engine does", async () => {
    await using remote = await open(scheme);
    await using local = await remote.openScratch();
    expect(await remote.query(everyKindOfValue)).toEqual(await local.query(everyKindOfValue));
  });

  it("runs a script as one transaction, in one round trip", async () => {
    await using db = await open(scheme);
    const before = server.calls.length;
    const results = await db.transact(
      [
        { text: "DEFINE TABLE item SCHEMALESS" },
        { text: "CREATE ONLY item:1 SET name = $name RETURN VALUE name -- $name" },
        { text: "SELECT VALUE name FROM item" },
      ],
      { name: "ä" },
    );
    expect(results).toEqual([undefined, "ä", ["ä"]]);
    expect(server.calls.length - before).toBe(1);
  });

  it("undoes a script as a whole, and blames the statement that failed", async () => {
    await using db = await open(scheme);
    const failing = db.transact([
      { text: "CREATE item:1" },
      { text: "CREATE item:1", origin: { migration: "2026", line: 12 } },
      { text: "CREATE item:2" },
    ]);
    await expect(failing).rejects.toMatchObject({
      code: "CONNECTION.QUERY_FAILED",
      meta: {
        index: 1,
        statement: "CREATE item:1",
        migration: "2026",
        line: 12,
        reason: "Database record `item:1` already exists",
      },
    });
    expect(await db.query("RETURN object::keys((INFO FOR DB).tables)")).toEqual([[]]);
  });

  it("finds a statement that does not parse", async () => {
    await using db = await open(scheme);
    const failing = db.transact([
      { text: "CREATE a" },
      { text: "CREATE b SET\n  e = '😀', FEILD x" },
    ]);
    await expect(failing).rejects.toMatchObject({
      code: "CONNECTION.INVALID_STATEMENT",
      meta: { index: 1, position: { line: 2, column: 19 } },
    });
  });

  it("keeps to the time limit of a call", async () => {
    await using db = await open(scheme, { queryTimeoutMs: 500 });
    await expect(db.query("SLEEP 3s")).rejects.toMatchObject({
      code: "CONNECTION.TIMEOUT",
      meta: { timeoutMs: 500, outcome: "unknown" },
    });
  });

  it("refuses work after it was closed", async () => {
    const db = await open(scheme);
    await db.close();
    await db.close();
    await expect(db.query("RETURN 1")).rejects.toMatchObject({ code: "CONNECTION.CLOSED" });
  });

  it("takes over a client and leaves it open", async () => {
    const client = new Surreal({ websocketImpl: WebSocket as never });
    await client.connect(scheme === "ws" ? server.url : server.httpUrl);
    await expect(connect(client)).rejects.toMatchObject({ code: "CONNECTION.BAD_CONFIG" });
    await client.use({ namespace: "calls", database: `handed-over-${scheme}` });
    const db = await connect(client);
    expect(db.target).toMatchObject({ engine: "remote", store: "server", namespace: "calls" });
    await db.transact([{ text: "CREATE item:1" }]);
    await db.close();
    expect(await client.query("SELECT VALUE id.id() FROM item")).toEqual([[1]]);

    const other = await connect({ client, database: "another", closeClient: true });
    expect(await other.query("RETURN $session.db")).toEqual(["another"]);
    await other.close();
    expect(client.status).toBe("disconnected");
    await expect(connect(client)).rejects.toMatchObject({ code: "CONNECTION.BAD_CONFIG" });
  });
});

describe("an interactive transaction", () => {
  it("commits what its work did, and cancels when the work fails", async () => {
    await using db = await open("ws");
    const seen = await db.transaction(async (transaction) => {
      await transaction.run([{ text: "DEFINE TABLE item SCHEMALESS" }, { text: "CREATE item:1" }]);
      return transaction.query("SELECT VALUE id.id() FROM item");
    });
    expect(seen).toEqual([[1]]);

    const failing = db.transaction(async (transaction) => {
      await transaction.query("CREATE item:2");
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await db.query("SELECT VALUE id.id() FROM item")).toEqual([[1]]);
  });

  it("is cancelled by a failed statement, even when the work goes on", async () => {
    await using db = await open("ws");
    const failing = db.transaction(async (transaction) => {
      await transaction.query("CREATE item:1");
      await transaction.query("CREATE item:1").catch(() => undefined);
      await transaction.query("CREATE item:2").catch(() => undefined);
    });
    await expect(failing).rejects.toMatchObject({
      code: "CONNECTION.QUERY_FAILED",
      meta: { reason: "Database record `item:1` already exists" },
    });
    expect(await db.query("RETURN object::keys((INFO FOR DB).tables)")).toEqual([[]]);
  });

  it("loses against a faster one", async () => {
    await using slow = await open("ws");
    await using fast = await connect(slow.target);
    await slow.query("CREATE item:1 SET n = 0");
    const losing = slow.transaction(async (transaction) => {
      await transaction.query("UPDATE item:1 SET n = 1");
      await fast.query("UPDATE item:1 SET n = 2");
    });
    await expect(losing).rejects.toMatchObject({ code: "CONNECTION.CONFLICT" });
    expect(await slow.query("SELECT VALUE n FROM item")).toEqual([[2]]);
  });

  it("waits for calls that nobody waits for, and refuses calls that come too late", async () => {
    await using db = await open("ws");
    const late = await db.transaction(async (transaction) => {
      void transaction.query("CREATE item:1");
      return () => transaction.query("CREATE item:2");
    });
    await expect(late()).rejects.toMatchObject({ code: "CONNECTION.TRANSACTION_OVER" });
    expect(await db.query("SELECT VALUE id.id() FROM item")).toEqual([[1]]);
  });

  it("cannot be had over http", async () => {
    await using db = await open("http");
    await expect(db.transaction(async () => 1)).rejects.toMatchObject({
      code: "CONNECTION.TRANSACTIONS_UNSUPPORTED",
      category: "usage",
    });
  });
});
