import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "surql";
import type { Database } from "surql";
import { listen } from "../server/listen.ts";

/** Everywhere that a database can be. */
export const stores = ["mem", "surrealkv", "rocksdb", "ws", "http"] as const;

export interface Store extends AsyncDisposable {
  /** Whether a second {@link Store.open} finds what the first one wrote. */
  readonly keeps: boolean;
  /** Whether a snapshot can be taken inside the transaction of a migration. */
  readonly hasTransactions: boolean;
  /** Where it is. */
  readonly url: string;
  open(): Promise<Database>;
}

/** Makes an empty store of a kind. Its databases are to be closed before it is disposed of. */
export async function makeStore(kind: (typeof stores)[number]): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), "surql-workflow-"));
  const server = kind === "ws" || kind === "http" ? await listen() : undefined;
  const urls = {
    mem: "mem://",
    surrealkv: `surrealkv://${join(folder, "store")}`,
    rocksdb: `rocksdb://${join(folder, "store")}`,
    ws: server?.url ?? "",
    http: server?.httpUrl ?? "",
  };
  return {
    keeps: kind !== "mem",
    url: urls[kind],
    hasTransactions: kind !== "http",
    open: () => connect({ url: urls[kind], namespace: "library", database: "main" }),
    async [Symbol.asyncDispose]() {
      await server?.close();
      // A closed store may be writing still.
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
