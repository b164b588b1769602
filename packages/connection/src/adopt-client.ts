import { Features } from "surrealdb";
import type { Surreal } from "surrealdb";
import type { ClientConfig } from "./config.ts";
import { createDatabase } from "./create-database.ts";
import type { Database } from "./database.ts";
import { describeTarget } from "./describe-target.ts";
import { parseEndpoint, placeOf } from "./endpoint.ts";
import type { Place } from "./endpoint.ts";
import { badConfig } from "./errors/connecting.ts";
import { createRedact } from "./redact.ts";
import { selectDatabase } from "./select-database.ts";
import { serverError } from "./server-error.ts";

/**
 * Puts the port over a client that the caller has connected. Its selected database is changed only when
 * another one is asked for.
 */
export async function adoptClient(config: ClientConfig): Promise<Database> {
  const { client, queryTimeoutMs, closeClient = false } = config;
  if (client.status !== "connected") {
    throw badConfig(
      "The client is not connected.",
      "Await client.connect() before handing it over.",
    );
  }
  const namespace = config.namespace ?? client.namespace;
  const database = config.database ?? client.database;
  if (!namespace || !database) {
    throw badConfig(
      "The client has no database selected.",
      "Call client.use() before handing it over, or give namespace and database.",
    );
  }
  const place = config.url === undefined ? guessPlace(client) : placeOf(parseEndpoint(config.url));
  const redact = createRedact([client.accessToken], config.redact);
  try {
    if (namespace !== client.namespace || database !== client.database) {
      await selectDatabase(client, namespace, database);
    }
    const target = await describeTarget(client, place, namespace, database);
    const close = async (): Promise<void> => {
      if (closeClient) await client.close();
    };
    return createDatabase({ client, target, redact, queryTimeoutMs, close });
  } catch (error) {
    throw serverError(error, { url: place.url, redact });
  }
}

/** A client does not tell where it is connected to. Only engines behind a socket offer machine-learning models. */
function guessPlace(client: Surreal): Place {
  const remote = client.isFeatureSupported(Features.SurrealML);
  return {
    url: "client",
    engine: remote ? "remote" : "embedded",
    store: remote ? "server" : "unknown",
  };
}
