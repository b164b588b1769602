import { connect, type Database } from "@surql/connection";

/** An empty database of its own, in memory. */
export function openDatabase(): Promise<Database> {
  return connect({ url: "mem://", namespace: "test", database: "test" });
}
