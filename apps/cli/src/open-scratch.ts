import type { Database } from "surql/connection";

/** Opens an empty database in memory, whether or not one is connected: what canonical texts are asked of. */
export async function openScratch(): Promise<Database> {
  const { connect } = await import("surql/connection");
  return connect({ url: "mem://", namespace: "scratch", database: "scratch" });
}
