import { createRequire } from "node:module";

/** The part of the native class inside `@surrealdb/node` that this package calls. */
export interface NativeEngine {
  /** Answers one CBOR-encoded request. */
  execute(request: Uint8Array): Promise<Uint8Array>;
  import(sql: string): Promise<void>;
  export(options: Uint8Array): Promise<string>;
  /** Gives the datastore back. The handle cannot be used afterwards. */
  free(): void;
}

interface NativeModule {
  readonly SurrealNodeEngine: { connect(url: string): Promise<NativeEngine> };
}

const loaded = createRequire(import.meta.url);

/**
 * Loads `@surrealdb/node` and opens a store with its native class.
 *
 * The package's own `NodeEngine` waits for live notifications in a promise that never settles once an
 * index was defined, which keeps the process alive for ever, and it swallows the reason when a store
 * cannot be opened. The native class has neither fault, but is not exported; importing the package
 * leaves it in Node's module cache.
 */
export async function openNativeEngine(url: string): Promise<NativeEngine> {
  await import("@surrealdb/node");
  const file = Object.keys(loaded.cache).find((path) => /surrealdb-node[^/\\]*\.node$/.test(path));
  if (file === undefined) throw new Error("@surrealdb/node was loaded without its native binding.");
  const native = loaded(file) as NativeModule;
  return native.SurrealNodeEngine.connect(url);
}
