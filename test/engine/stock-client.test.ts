import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createNodeEngines } from "@surrealdb/node";
import { connect, createSnapshot } from "surql";
import { createRemoteEngines, Surreal } from "surrealdb";
import { expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";

const place = { namespace: "a", database: "b" };

it("connect() of the stock client has no end where nobody listens or a store cannot be opened", async () => {
  const folder = await mkdtemp(join(tmpdir(), "surql-stock-"));
  onTestFinished(() => rm(folder, { recursive: true, maxRetries: 10 }));
  await writeFile(join(folder, "file"), "");
  const urls = [
    `ws://127.0.0.1:${await closedPort()}`,
    `surrealkv://${join(folder, "file/store")}`,
  ];
  for (const url of urls) {
    const stock = new Surreal({
      engines: { ...createRemoteEngines(), ...createNodeEngines() },
      websocketImpl: WebSocket as unknown as typeof globalThis.WebSocket,
    });
    const connecting = stock.connect(url, { reconnect: false }).then(
      () => "connected",
      () => "refused",
    );
    expect(await Promise.race([connecting, sleep(500, "no answer")]), url).toBe("no answer");
    await expect(connect({ url, ...place }), url).rejects.toMatchObject({
      code: expect.stringMatching(/^CONNECTION\./) as string,
    });
  }
});

it("a process that has built an index with the stock client does not end by itself", async () => {
  const script = `
    import { Surreal } from "surrealdb";
    import { createNodeEngines } from "@surrealdb/node";
    const db = new Surreal({ engines: createNodeEngines() });
    await db.connect("mem://");
    await db.use({ namespace: "a", database: "b" });
    await db.query("DEFINE TABLE t; DEFINE INDEX i ON t FIELDS a");
    await db.close();
    console.log("closed");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [printed] = (await once(child.stdout, "data")) as [Buffer];
  expect(String(printed)).toContain("closed");
  // A process that built none ends within a few milliseconds.
  expect(await Promise.race([once(child, "exit"), sleep(1_000, "runs on")])).toBe("runs on");
});

it("export() leaves definitions out, and import() hides errors and makes a view a table", async () => {
  const stock = new Surreal({ engines: createNodeEngines() });
  await stock.connect("mem://");
  onTestFinished(async () => void (await stock.close()));
  await stock.use(place);
  await stock.query(`DEFINE CONFIG GRAPHQL AUTO; DEFINE API '/greet' FOR get THEN { { body: 1 } };
    DEFINE TABLE zebra; CREATE zebra:1; DEFINE TABLE ark AS SELECT * FROM zebra`);
  const exported = await stock.export();
  expect(exported).toContain("DEFINE TABLE zebra");
  expect(exported).not.toMatch(/CONFIG|greet/);

  await stock.use({ namespace: "a", database: "c" });
  await stock.import("CREATE t:1; CREATE t:1; THROW 'stop'; CREATE t:2;");
  expect(await stock.query("SELECT VALUE id.id() FROM t").collect()).toEqual([[1, 2]]);

  await stock.use({ namespace: "a", database: "d" });
  await stock.import(exported);
  const [info] = await stock.query<[{ tables: Readonly<Record<string, string>> }]>("INFO FOR DB");
  expect(info.tables["ark"]).not.toContain("AS SELECT");

  await stock.use(place);
  await using db = await connect({ client: stock, ...place });
  const { objects, tables } = await createSnapshot(db, { version: "now" });
  expect(objects).toMatchObject({
    configs: expect.anything() as unknown,
    apis: { "/greet": expect.anything() as unknown },
  });
  expect(tables["ark"]?.definition).toContain("AS SELECT");
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
