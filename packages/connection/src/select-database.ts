import type { SurqlError } from "@surql/errors";
import { NotAllowedError, NotFoundError, ServerError } from "surrealdb";
import type { Surreal } from "surrealdb";
import { notPermitted } from "./errors/calling.ts";
import { quoteName } from "./quote-name.ts";

/**
 * Selects a namespace and a database, and creates what is missing as far as the user may.
 *
 * What `USE` does with a missing one differs: over a WebSocket and embedded, 3.0 creates it whoever asks;
 * over HTTP, on a strict server and in other versions it does not. So it is tried first.
 *
 * Throws `CONNECTION.NOT_PERMITTED`, or what the client threw.
 */
export async function selectDatabase(
  client: Surreal,
  namespace: string,
  database: string,
): Promise<void> {
  const target = { namespace, database };
  const failure = await tryToUse(client, target);
  if (failure === undefined) return;
  if (failure instanceof NotAllowedError) throw cannot("read the schema of", target, failure);

  const first = await run(client, `DEFINE NAMESPACE IF NOT EXISTS ${quoteName(namespace)}`);
  // A user of the namespace may not define it, and has no need to.
  if (first !== undefined && !(first instanceof NotAllowedError)) throw first;
  await client.use({ namespace });
  const second = await run(client, `DEFINE DATABASE IF NOT EXISTS ${quoteName(database)}`);
  if (second instanceof NotAllowedError) throw cannot("create", target, second);
  const last = second ?? (await tryToUse(client, target));
  if (last instanceof NotAllowedError) throw cannot("read the schema of", target, last);
  if (last !== undefined) throw last;
}

type Target = Readonly<{ namespace: string; database: string }>;

async function tryToUse(client: Surreal, target: Target): Promise<Error | undefined> {
  try {
    await client.use(target);
  } catch (error) {
    if (error instanceof ServerError) return error;
    throw error;
  }
  const failure = await run(client, "INFO FOR TABLE surql_probe");
  const found = failure instanceof NotFoundError && failure.tableName !== undefined;
  return found ? undefined : failure;
}

async function run(client: Surreal, sql: string): Promise<Error | undefined> {
  const [response] = await client.query(sql).responses();
  return response?.success === false ? response.error : undefined;
}

function cannot(what: string, { namespace, database }: Target, cause: Error): SurqlError {
  const meta = { namespace, database, reason: cause.message };
  return notPermitted(`${what} database ${database} in namespace ${namespace}`, meta, cause);
}
