import { Features } from "surrealdb";
import type { Surreal } from "surrealdb";
import type { DatabaseTarget } from "./database.ts";
import type { Place } from "./endpoint.ts";

/** Describes a connected client's database. Asks the engine for its version. */
export async function describeTarget(
  client: Surreal,
  place: Place,
  namespace: string,
  database: string,
): Promise<DatabaseTarget> {
  const { version } = await client.version();
  return {
    ...place,
    namespace,
    database,
    engineVersion: version.replace(/^surrealdb-/, ""),
    interactiveTransactions: client.isFeatureSupported(Features.Transactions),
  };
}
