import type { Surreal } from "surrealdb";
import type { ClientConfig, ConnectConfig } from "./config.ts";
import type { Database } from "./database.ts";

/**
 * Connects to a database.
 *
 * A namespace and a database that do not exist are created when the user may. A client that is handed over
 * stays the caller's: `close()` leaves it open unless `closeClient` is set.
 *
 * Throws `CONNECTION.BAD_CONFIG`, `BAD_URL`, `UNKNOWN_SCHEME`, `ENGINE_MISSING`, `STORE_LOCKED`,
 * `STORE_UNUSABLE`, `UNREACHABLE`, `UNSUPPORTED_VERSION`, `SIGNIN_FAILED`, `NOT_PERMITTED` and `TIMEOUT`.
 *
 * @example
 * ```ts
 * await using db = await connect({ url: "mem://", namespace: "test", database: "test" });
 * await db.query("CREATE person:1 SET name = $name", { name: "Ada" });
 * ```
 */
export async function connect(target: ConnectConfig | ClientConfig | Surreal): Promise<Database> {
  if ("client" in target) {
    const { adoptClient } = await import("./adopt-client.ts");
    return adoptClient(target);
  }
  if ("url" in target) {
    const { openDatabase } = await import("./open-database.ts");
    return openDatabase(target);
  }
  const { adoptClient } = await import("./adopt-client.ts");
  return adoptClient({ client: target });
}
