import { join } from "node:path";

/** The stores that migrations are measured on: the fastest, and the one that a project begins with. */
export const stores = ["mem", "surrealkv"] as const;

/** The URL of such a store; the folder is for the one that needs one. */
export function urlOf(store: (typeof stores)[number] | "rocksdb", folder: string): string {
  return store === "mem" ? "mem://" : `${store}://${join(folder, "store")}`;
}
