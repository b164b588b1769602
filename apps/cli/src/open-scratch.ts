import type { Database } from "surql/connection";

/** Opens an empty database in memory, whether or not one is connected: what canonical texts are asked of. */
export async function openScratch(): Promise<Database> {
  const { connect } = await import("surql/connection");
  const { redactSecrets: redact } = await import("surql/surrealql");
  return connect({ url: "mem://", namespace: "scratch", database: "scratch", redact });
}

/** Does something with an empty database in memory, and closes it. */
export async function inScratch<T>(work: (scratch: Database) => Promise<T>): Promise<T> {
  const scratch = await openScratch();
  try {
    return await work(scratch);
  } finally {
    await scratch.close();
  }
}
