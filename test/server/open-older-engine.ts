import { readFile } from "node:fs/promises";
import { connect, type Database } from "surql";
import { Surreal } from "surrealdb";

/**
 * An empty database of SurrealDB 2.6, in memory, which takes what is experimental in it. Its engine is made for browsers: where it stands it is fetched from a file, which `fetch` of Node
 * does not do.
 */
export async function openOlderEngine(): Promise<Database> {
  const { createWasmEngines } = await import("@surrealdb/wasm");
  const client = new Surreal({
    engines: createWasmEngines({ capabilities: { experimental: true } }),
  });
  const ordinary = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith("file:")) return ordinary(input, init);
    const headers = { "content-type": "application/wasm" };
    return new Response(await readFile(new URL(url)), { headers });
  };
  try {
    await client.connect("mem://");
  } finally {
    globalThis.fetch = ordinary;
  }
  await client.use({ namespace: "test", database: "test" });
  return connect({ client, closeClient: true });
}
