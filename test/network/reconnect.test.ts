import { connect } from "@surql/connection";
import type { ConnectConfig, Database } from "@surql/connection";
import type { SurqlError } from "@surql/errors";
import { Surreal } from "surrealdb";
import { WebSocket } from "ws";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen } from "../server/listen.ts";
import type { TestServer } from "../server/listen.ts";

const root = { username: "root", password: "correct-horse" };
const place = { namespace: "shop", database: "main" };

let server: TestServer;
beforeEach(async () => {
  server = await listen({ root });
  await server.query("USE NS shop DB main; DEFINE TABLE item SCHEMALESS");
});
afterEach(() => server.close());

function open(config: Partial<ConnectConfig> = {}): Promise<Database> {
  return connect({ url: server.url, ...place, ...root, reconnect: { delayMs: 20 }, ...config });
}

/** Cuts the connection, and waits until the client has noticed. */
async function drop({ client }: Database): Promise<void> {
  const noticed = new Promise<void>((resolve) => {
    client.subscribe("reconnecting", resolve);
    client.subscribe("disconnected", resolve);
  });
  server.cut();
  await noticed;
}

async function items(): Promise<unknown> {
  const [, rows] = await server.query("USE NS shop DB main; SELECT VALUE id.id() FROM item");
  return rows?.result;
}

function sent(text: string): number {
  return server.calls.filter(({ params }) => String(params?.[0]).includes(text)).length;
}

describe("a dropped connection", () => {
  it("is made again, signed in, with its database selected", async () => {
    await using db = await open();
    await drop(db);
    expect(await db.query("RETURN $session.db; INFO FOR ROOT")).toMatchObject(["main", {}]);
    await drop(db);
    await db.transaction((transaction) => transaction.query("CREATE item:1"));
    expect(await items()).toEqual([1]);
  });

  it.each([
    { when: "before", kept: [] },
    { when: "after", kept: [1] },
  ] as const)(
    "$when the answer leaves the outcome unknown, and nothing is sent twice",
    async ({ when, kept }) => {
      await using db = await open();
      server.faults.cut = { text: "CREATE item:1", nth: 1, when };
      await expect(db.transact([{ text: "CREATE item:1" }])).rejects.toMatchObject({
        code: "CONNECTION.LOST",
        meta: { outcome: "unknown" },
      });
      await db.query("RETURN 1");
      expect(await items()).toEqual(kept);
      expect(sent("CREATE item:1")).toBe(1);
    },
  );

  it("cancels the interactive transaction that was open", async () => {
    await using db = await open();
    const failing = db.transaction(async (transaction) => {
      await transaction.query("CREATE item:1");
      server.faults.cut = { text: "CREATE item:2", nth: 1, when: "after" };
      await transaction.query("CREATE item:2");
    });
    await expect(failing).rejects.toMatchObject({ code: "CONNECTION.LOST" });
    expect(await items()).toEqual([]);
  });

  it("between two calls cancels the interactive transaction that was open", async () => {
    await using db = await open();
    const failing = db.transaction(async (transaction) => {
      await transaction.query("CREATE item:1");
      await drop(db);
    });
    await expect(failing).rejects.toMatchObject({
      code: "CONNECTION.LOST",
      meta: { outcome: "not_sent" },
    });
    expect(await items()).toEqual([]);
  });

  it("at commit leaves the outcome unknown", async () => {
    await using db = await open();
    server.faults.cut = { method: "commit", nth: 1, when: "after" };
    const failing = db.transaction((transaction) => transaction.query("CREATE item:1"));
    await expect(failing).rejects.toMatchObject({
      code: "CONNECTION.LOST",
      meta: { outcome: "unknown" },
    });
    expect(await items()).toEqual([1]);
  });

  it("stays dropped when that was asked for", async () => {
    await using db = await open({ reconnect: false });
    await drop(db);
    await expect(db.query("RETURN 1")).rejects.toMatchObject({
      code: "CONNECTION.LOST",
      meta: { outcome: "not_sent" },
    });
  });

  it("is given up after the tries that were asked for, and waiting calls are told", async () => {
    await using db = await open({ reconnect: { attempts: 2, delayMs: 20 } });
    server.faults.refuse = true;
    await drop(db);
    await expect(db.query("RETURN 1")).rejects.toMatchObject({
      code: "CONNECTION.LOST",
      meta: { outcome: "not_sent" },
    });
  });

  it("ends a waiting call when its time is over", async () => {
    await using db = await open({ queryTimeoutMs: 1000, reconnect: { attempts: -1, delayMs: 20 } });
    server.faults.refuse = true;
    await drop(db);
    await expect(db.query("RETURN 1")).rejects.toMatchObject({ code: "CONNECTION.TIMEOUT" });
  });
});

describe("over http", () => {
  it.each([
    { when: "before", kept: [] },
    { when: "after", kept: [1] },
  ] as const)(
    "a connection cut $when the answer leaves the outcome unknown",
    async ({ when, kept }) => {
      await using db = await open({ url: server.httpUrl });
      server.faults.cut = { text: "CREATE item:1", nth: 1, when };
      await expect(db.transact([{ text: "CREATE item:1" }])).rejects.toMatchObject({
        code: "CONNECTION.LOST",
        meta: { outcome: "unknown" },
      });
      await db.query("RETURN 1");
      expect(await items()).toEqual(kept);
      expect(sent("CREATE item:1")).toBe(1);
    },
  );

  it("a call that nobody took was not sent", async () => {
    const url = server.httpUrl;
    await using db = await open({ url });
    await server.close();
    // The pool behind fetch notices a moment later; a call before that is under way.
    const failures: unknown[] = [];
    while (!failures.includes("not_sent")) {
      const error: unknown = await db.query("RETURN 1").catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "CONNECTION.LOST" });
      failures.push((error as SurqlError).meta["outcome"]);
    }
    server = await listen({ root });
  });
});

it("guards against what the stock client does: it sends a call again whose answer got lost", async () => {
  const client = new Surreal({ websocketImpl: WebSocket as never });
  await client.connect(server.url, {
    authentication: root,
    reconnect: { retryDelay: 10 },
    ...place,
  });
  server.faults.cut = { text: "CREATE item:1", nth: 1, when: "after" };
  const answer = client.query("CREATE item:1").collect();
  await expect(answer).rejects.toThrow("already exists");
  expect(sent("CREATE item:1")).toBe(2);
  await client.close();
});
