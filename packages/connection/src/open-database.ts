import type { ConnectConfig } from "./config.ts";
import { connectError } from "./connect-error.ts";
import { createDatabase } from "./create-database.ts";
import { authentication } from "./credentials.ts";
import type { Database } from "./database.ts";
import { withDeadline } from "./deadline.ts";
import { describeTarget } from "./describe-target.ts";
import { parseEndpoint, placeOf } from "./endpoint.ts";
import { timedOut } from "./errors/calling.ts";
import { badConfig } from "./errors/connecting.ts";
import { openClient } from "./open-client.ts";
import type { OpenClient } from "./open-client.ts";
import { createRedact } from "./redact.ts";
import { selectDatabase } from "./select-database.ts";
import { serverError } from "./server-error.ts";

const connectTimeoutMs = 10_000;

/** Opens the connection that a configuration describes. Throws as `connect` does. */
export async function openDatabase(config: ConnectConfig): Promise<Database> {
  const {
    namespace,
    database,
    connectTimeoutMs: limit = connectTimeoutMs,
    queryTimeoutMs,
  } = config;
  const endpoint = parseEndpoint(config.url);
  const { shown } = endpoint;
  if (!namespace) throw badConfig("No namespace is given.", "Give a namespace.");
  if (!database) throw badConfig("No database is given.", "Give a database.");
  const inUrl = endpoint.engine === "remote" ? endpoint : undefined;
  const credentials = {
    ...config,
    username: config.username ?? inUrl?.username,
    password: config.password ?? inUrl?.password,
  };
  const signIn = { authentication: authentication(credentials) };
  const redact = createRedact([config.password, config.token, inUrl?.password], config.redact);

  return withDeadline(
    limit,
    async (signal) => {
      try {
        const open = await openClient(endpoint, signIn, config.reconnect, signal);
        return await finish(open);
      } catch (error) {
        throw connectError(error, shown, redact);
      }
    },
    (ms) => timedOut(`Connecting to ${shown}`, ms, "not_sent"),
  );

  async function finish({ client, close }: OpenClient): Promise<Database> {
    try {
      await selectDatabase(client, namespace, database);
      const target = await describeTarget(client, placeOf(endpoint), namespace, database);
      return createDatabase({ client, target, redact, queryTimeoutMs, close });
    } catch (error) {
      await close();
      throw serverError(error, { url: shown, redact });
    }
  }
}
