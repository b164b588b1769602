import { createRequire } from "node:module";
import { engineMissing } from "./errors/connecting.ts";

/** The part of the native class inside `@surrealdb/node` that this package calls. */
export interface NativeEngine {
  /** Answers one CBOR-encoded request with a bare result or `{ error }`. */
  execute(request: Uint8Array): Promise<Uint8Array>;
  /** Gives the datastore back. The handle cannot be used afterwards. */
  free(): void;
}

interface NativeModule {
  readonly SurrealNodeEngine: { connect(url: string): Promise<NativeEngine> };
}

const loaded = createRequire(import.meta.url);

/**
 * Loads `@surrealdb/node` and hands out its native class.
 *
 * The package's own `NodeEngine` waits for live notifications in a promise that never settles once an
 * index was defined, which keeps the process alive for ever, and it swallows the reason when a store
 * cannot be opened. The native class has neither fault, but is not exported; importing the package
 * leaves it in Node's module cache.
 *
 * Throws `CONNECTION.ENGINE_MISSING`.
 */
export async function loadNativeModule(): Promise<NativeModule> {
  try {
    await import("@surrealdb/node");
  } catch (error) {
    throw engineMissing(error);
  }
  const file = Object.keys(loaded.cache).find((path) => /surrealdb-node[^/\\]*\.node$/.test(path));
  if (file === undefined) throw engineMissing(undefined);
  return loaded(file) as NativeModule;
}
