import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Surreal } from "surrealdb";
import type { ConnectConfig } from "./config.ts";
import { createDatabase } from "./create-database.ts";
import type { Database } from "./database.ts";
import { EmbeddedEngine } from "./embedded-engine.ts";
import { engineMissing, unknownScheme } from "./errors.ts";
import { openNativeEngine } from "./native-engine.ts";

const stores = ["mem", "surrealkv", "rocksdb"] as const;

/**
 * Connects to a database.
 *
 * @example
 * ```ts
 * const db = await connect({ url: "mem://", namespace: "test", database: "test" });
 * await db.query("CREATE person:1 SET name = $name", { name: "Ada" });
 * await db.close();
 * ```
 */
export async function connect(config: ConnectConfig): Promise<Database> {
  const [scheme = "", path = ""] = config.url.split("://");
  const store = stores.find((name) => name === scheme);
  if (store === undefined) throw unknownScheme(scheme);
  if (store !== "mem") await mkdir(dirname(path), { recursive: true });

  const native = await openNativeEngine(config.url).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === "ERR_MODULE_NOT_FOUND") throw engineMissing(error);
    throw error;
  });
  const client = new Surreal({
    engines: { [store]: (context) => new EmbeddedEngine(context, native) },
  });
  await client.connect(config.url);
  const { version } = await client.version();
  await client.query(`DEFINE NAMESPACE IF NOT EXISTS ${quote(config.namespace)}`).responses();
  await client.use({ namespace: config.namespace });
  await client.query(`DEFINE DATABASE IF NOT EXISTS ${quote(config.database)}`).responses();
  await client.use({ namespace: config.namespace, database: config.database });
  return createDatabase({
    client,
    target: {
      url: config.url,
      engine: "embedded",
      store,
      namespace: config.namespace,
      database: config.database,
      engineVersion: version.replace(/^surrealdb-/, ""),
      interactiveTransactions: true,
    },
    openScratch: () => connect({ url: "mem://", namespace: "scratch", database: "scratch" }),
  });
}

function quote(name: string): string {
  return `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
}
