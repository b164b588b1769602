import { mkdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EmbeddedEndpoint } from "./endpoint.ts";
import { storeLocked, storeUnusable } from "./errors/connecting.ts";
import { loadNativeModule } from "./native-module.ts";
import type { NativeEngine } from "./native-module.ts";
import { reasonOf } from "./reason.ts";
import { unpinIndexes } from "./unpin-indexes.ts";

/** A datastore that this process has open, and how many connections use it. */
export interface Store {
  readonly kind: EmbeddedEndpoint["store"];
  /** The folder, free of links; undefined in memory. */
  readonly folder: string | undefined;
  /** Tells the folder from one that was put in its place. */
  readonly inode: number;
  readonly native: NativeEngine;
  /** Whether an index may have been built, which pins the datastore: see {@link unpinIndexes}. */
  indexed: boolean;
  users: number;
}

/**
 * The stores of this process by folder. It is module state because what it mirrors, the lock on the
 * folder, belongs to the process too. A store without users is one that the engine cannot let go of:
 * it stays here until the process ends, and the next connection to the folder takes it over.
 */
const stores = new Map<string, Store>();

/** Opening and closing of one folder take turns. */
const turns = new Map<string, Promise<unknown>>();

/** Milliseconds between tries: for another process that is just closing the store. */
const lockWaits = [25, 50, 100, 200, 300, 300] as const;
/** A store that this process itself gave back is freed in the background, within 30 to 600 ms. */
const ownLockWaits = [...lockWaits, ...Array.from({ length: 18 }, () => 500)] as const;
const givenBack = new Set<string>();

/**
 * Opens a store, or joins it when this process has it open already. Each call needs one {@link closeStore}.
 *
 * Throws `CONNECTION.ENGINE_MISSING`, `CONNECTION.STORE_LOCKED` and `CONNECTION.STORE_UNUSABLE`.
 */
export async function openStore(endpoint: EmbeddedEndpoint): Promise<Store> {
  const { store: kind, parameters, shown } = endpoint;
  if (kind === "mem") {
    const native = await openNative(`mem://${endpoint.path}${parameters}`, shown, []);
    return { kind, folder: undefined, inode: 0, native, indexed: false, users: 1 };
  }
  const folder = await locate(endpoint);
  return inTurn(folder, async () => {
    const open = stores.get(folder);
    if (open !== undefined && open.inode === (await inodeOf(folder))) {
      open.users += 1;
      return open;
    }
    const waits = givenBack.has(folder) ? ownLockWaits : lockWaits;
    const native = await openNative(`${kind}://${folder}${parameters}`, shown, waits);
    const inode = await inodeOf(folder);
    const store: Store = { kind, folder, inode, native, indexed: false, users: 1 };
    stores.set(folder, store);
    return store;
  });
}

/** Gives back what {@link openStore} gave. Every commit is on disk before it is answered, so nothing is flushed here. */
export async function closeStore(store: Store): Promise<void> {
  const { folder, native } = store;
  if (folder === undefined) {
    discardMemory(store);
    return;
  }
  await inTurn(folder, async () => {
    store.users -= 1;
    if (store.users > 0 || !(await canLetGo(store))) return;
    if (stores.get(folder) === store) stores.delete(folder);
    givenBack.add(folder);
    native.free();
  });
}

/** The threads that rocksdb commits with hold its datastore until the process ends. */
async function canLetGo(store: Store): Promise<boolean> {
  if (store.kind === "rocksdb") return false;
  return !store.indexed || unpinIndexes(store.native);
}

/** Nobody waits for memory: a process that is about to end is not held up for it. */
function discardMemory({ native, indexed }: Store): void {
  if (!indexed) {
    native.free();
    return;
  }
  setTimeout(() => {
    void unpinIndexes(native).then(() => native.free());
  }, 0).unref();
}

async function locate({ path, shown }: EmbeddedEndpoint): Promise<string> {
  const folder = resolve(path);
  try {
    await mkdir(dirname(folder), { recursive: true });
    return await realpath(folder).catch(async () =>
      join(await realpath(dirname(folder)), basename(folder)),
    );
  } catch (error) {
    throw storeUnusable(shown, reasonOf(error), error);
  }
}

async function inodeOf(folder: string): Promise<number> {
  return (await stat(folder).catch(() => undefined))?.ino ?? 0;
}

async function openNative(
  url: string,
  shown: string,
  [wait, ...waits]: readonly number[],
): Promise<NativeEngine> {
  const { SurrealNodeEngine } = await loadNativeModule();
  try {
    return await SurrealNodeEngine.connect(url);
  } catch (error) {
    const reason = reasonOf(error);
    if (!isLocked(reason)) throw storeUnusable(shown, reason, error);
    if (wait === undefined) throw storeLocked(shown, reason, error);
  }
  await sleep(wait);
  return openNative(url, shown, waits);
}

/** What surrealkv and rocksdb say in 3.0.2. */
function isLocked(reason: string): boolean {
  return /already locked by another process|While lock file|lock hold by current process/.test(
    reason,
  );
}

async function inTurn<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(folder) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(folder, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(folder) === mine) turns.delete(folder);
  }
}
