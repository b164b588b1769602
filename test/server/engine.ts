import { createRequire } from "node:module";

/** The native class inside `@surrealdb/node`: one request in CBOR in, a bare result or `{ error }` out. */
export interface Engine {
  execute(request: Uint8Array): Promise<Uint8Array>;
  free(): void;
}

const loaded = createRequire(import.meta.url);

/** Opens a datastore. It is not exported, but importing the package leaves it in Node's module cache. */
export async function openEngine(url: string): Promise<Engine> {
  await import("@surrealdb/node");
  const file = Object.keys(loaded.cache).find((path) => path.endsWith(".node"));
  const native = loaded(String(file)) as {
    SurrealNodeEngine: { connect(u: string): Promise<Engine> };
  };
  return native.SurrealNodeEngine.connect(url);
}
