import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@surql/connection";
import type { ConnectConfig } from "@surql/connection";
import { Surreal } from "surrealdb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../server/listen.ts";
import type { TestServer } from "../server/listen.ts";

const root = { username: "root", password: "correct-horse" };
const place = { namespace: "shop", database: "main" };
const whoAndWhere = "RETURN [$auth, $session.ns, $session.db]";

let server: TestServer;
beforeAll(async () => {
  server = await listen({ root });
  await server.query(`
    USE NS shop DB main;
    DEFINE USER owner ON NAMESPACE PASSWORD 'ns-password' ROLES OWNER;
    DEFINE USER editor ON DATABASE PASSWORD 'db-password' ROLES EDITOR;
    DEFINE USER viewer ON DATABASE PASSWORD 'view-password' ROLES VIEWER;
    DEFINE USER yearly ON ROOT PASSWORD 'year-password' ROLES OWNER DURATION FOR TOKEN 1y;
    DEFINE TABLE item SCHEMALESS;
  `);
});
afterAll(() => server.close());

describe.each(["ws", "http"] as const)("over %s", (scheme) => {
  const open = (config: Partial<ConnectConfig> = {}) =>
    connect({ url: scheme === "ws" ? server.url : server.httpUrl, ...place, ...config });

  it("signs in as a root user and selects the database", async () => {
    await using db = await open(root);
    expect(await db.query(whoAndWhere)).toEqual([[undefined, "shop", "main"]]);
    expect(db.target).toEqual({
      url: scheme === "ws" ? server.url : server.httpUrl,
      engine: "remote",
      store: "server",
      ...place,
      engineVersion: expect.stringMatching(/^3\.\d+\.\d+$/) as string,
      interactiveTransactions: scheme === "ws",
    });
  });

  it.each([
    { authLevel: "namespace", username: "owner", password: "ns-password" },
    { authLevel: "database", username: "editor", password: "db-password" },
  ] as const)("signs in as a user of the $authLevel", async (credentials) => {
    await using db = await open(credentials);
    await db.query("DEFINE TABLE OVERWRITE item SCHEMALESS");
  });

  it("signs in by token, and with what stands in the URL", async () => {
    const client = new Surreal();
    await client.connect(server.httpUrl);
    const { access } = await client.signin(root);
    await using byToken = await open({ token: access });
    await byToken.query("INFO FOR ROOT");

    const url = (scheme === "ws" ? server.url : server.httpUrl).replace(
      "//",
      "//root:correct-horse@",
    );
    await using byUrl = await open({ url });
    await byUrl.query("INFO FOR ROOT");
    expect(byUrl.target.url).not.toContain("horse");
  });

  it("signs in once with a token that outlives the timers of Node", async () => {
    await using db = await open({ username: "yearly", password: "year-password" });
    const signIns = server.calls.length;
    await sleep(50);
    expect(server.calls).toHaveLength(signIns);
    await db.query("INFO FOR ROOT");
  });

  it.each<[string, Partial<ConnectConfig>]>([
    ["a wrong password", { ...root, password: "wrong-battery" }],
    ["a wrong level", { ...root, authLevel: "database" }],
    ["an unknown user", { ...root, username: "nobody" }],
    ["a token that is none", { token: "staple-battery" }],
    [
      "a token that somebody else signed",
      { token: "eyJhbGciOiJIUzUxMiJ9.eyJJRCI6InJvb3QifQ.c2ln" },
    ],
  ])("refuses %s", async (_, credentials) => {
    const error: unknown = await open(credentials).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "CONNECTION.SIGNIN_FAILED", category: "failure" });
    expect(JSON.stringify(error)).not.toMatch(/horse|battery|c2ln/);
  });

  it("says so when nobody has signed in", async () => {
    await expect(open()).rejects.toMatchObject({ code: "CONNECTION.NOT_PERMITTED" });
  });

  it("tells a user that a change is not permitted", async () => {
    const viewer = {
      authLevel: "database",
      username: "viewer",
      password: "view-password",
    } as const;
    await using db = await open(viewer);
    const script = [{ text: "DEFINE TABLE forbidden", origin: { file: "2.surql" } }];
    await expect(db.transact(script)).rejects.toMatchObject({
      code: "CONNECTION.NOT_PERMITTED",
      meta: { index: 0, statement: "DEFINE TABLE forbidden", file: "2.surql" },
    });
  });

  it("creates the namespace and the database that are missing", async () => {
    const namespace = `new-${scheme}`;
    await using db = await open({ ...root, namespace, database: "a`b" });
    await db.query("CREATE item:1");
    expect(await db.query("RETURN object::keys((INFO FOR NS).databases)")).toEqual([["a`b"]]);
  });

  it("does not wait for ever for a server that does not answer", async () => {
    const mute = await listen();
    mute.faults.silent = true;
    const url = scheme === "ws" ? mute.url : mute.httpUrl;
    const begin = performance.now();
    await expect(open({ url, connectTimeoutMs: 150 })).rejects.toMatchObject({
      code: "CONNECTION.TIMEOUT",
      meta: { timeoutMs: 150, outcome: "not_sent" },
    });
    // Ten seconds unless told.
    expect(performance.now() - begin).toBeLessThan(8000);
    await mute.close();
  });

  it("says so when nobody listens, and when somebody else does", async () => {
    const gone = await listen();
    await gone.close();
    const url = scheme === "ws" ? gone.url : gone.httpUrl;
    await expect(open({ url })).rejects.toMatchObject({
      code: "CONNECTION.UNREACHABLE",
      message: expect.stringContaining(url) as string,
      meta: { reason: expect.stringContaining("ECONNREFUSED") as string },
    });

    const other = createServer((_, response) => response.writeHead(404).end("nothing here"));
    await new Promise<void>((resolve) => {
      other.listen(0, "127.0.0.1", resolve);
    });
    const { port } = other.address() as AddressInfo;
    await expect(open({ url: `${scheme}://127.0.0.1:${port}` })).rejects.toMatchObject({
      code: "CONNECTION.UNREACHABLE",
    });
    other.close();

    server.faults.refuse = true;
    server.cut();
    await expect(
      open({ ...root, url: `${scheme}://127.0.0.1:${server.port}` }),
    ).rejects.toMatchObject({
      code: "CONNECTION.UNREACHABLE",
    });
    server.faults.refuse = false;
  });
});

describe.each(["ws", "http"] as const)("over %s to a strict server", (scheme) => {
  let strict: TestServer;
  beforeAll(async () => {
    strict = await listen({ root, strict: true });
    await strict.query(`
      DEFINE NAMESPACE shop; USE NS shop; DEFINE USER owner ON NAMESPACE PASSWORD 'ns-password' ROLES OWNER;
      DEFINE DATABASE old; USE DB old; DEFINE USER editor ON DATABASE PASSWORD 'db-password' ROLES EDITOR;
    `);
  });
  afterAll(() => strict.close());
  const open = (config: Partial<ConnectConfig>) =>
    connect({ url: scheme === "ws" ? strict.url : strict.httpUrl, ...place, ...config });

  it("creates what is missing, as far as the user may", async () => {
    await using byRoot = await open({ ...root, namespace: "other" });
    await byRoot.query("CREATE item:1");
    const owner = { authLevel: "namespace", username: "owner", password: "ns-password" } as const;
    await using byOwner = await open({ ...owner, database: "new" });
    await byOwner.query("CREATE item:1");
  });

  it("says so when the user may not", async () => {
    const editor = {
      namespace: "shop",
      database: "old",
      username: "editor",
      password: "db-password",
    };
    const client = new Surreal();
    await client.connect(strict.httpUrl);
    const { access } = await client.signin(editor);
    await expect(open({ token: access, database: "missing" })).rejects.toMatchObject({
      code: "CONNECTION.NOT_PERMITTED",
      message: expect.stringContaining("missing") as string,
    });
  });
});
