import { connect } from "@surql/connection";
import type { Database } from "@surql/connection";

/** Connects to an embedded store: an empty one in memory, unless a URL tells where. */
export function openDatabase(url = "mem://"): Promise<Database> {
  return connect({ url, namespace: "bench", database: "bench" });
}
