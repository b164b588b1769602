import type { QueryResponse, Surreal } from "surrealdb";
import type {
  Bindings,
  Database,
  DatabaseTarget,
  ScriptStatement,
  Transaction,
} from "./database.ts";
import { rootCause, statementFailed } from "./server-error.ts";

/** What {@link createDatabase} is built from. */
export interface DatabaseParts {
  readonly client: Surreal;
  readonly target: DatabaseTarget;
  readonly openScratch: () => Promise<Database>;
}

/** Puts the port over a client that is connected and has its database selected. */
export function createDatabase({ client, target, openScratch }: DatabaseParts): Database {
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing ??= client.close().then(() => undefined);
    await closing;
  };

  return {
    target,
    client,
    openScratch,
    close,
    [Symbol.asyncDispose]: close,

    query: (sql, bindings) => runQuery(client, sql, bindings),

    async transact(script, bindings) {
      if (script.length === 0) return [];
      const text = `BEGIN;\n${joinScript(script)}COMMIT;`;
      const responses = await client.query(text, { ...bindings }).responses();
      return settle(responses, script, 1);
    },

    async transaction(work) {
      const open = await client.beginTransaction();
      const transaction: Transaction = {
        query: (sql, bindings) => runQuery(open, sql, bindings),
        async run(script, bindings) {
          const responses = await open.query(joinScript(script), { ...bindings }).responses();
          return settle(responses, script, 0);
        },
      };
      let result;
      try {
        result = await work(transaction);
      } catch (error) {
        await open.cancel();
        throw error;
      }
      await open.commit();
      return result;
    },
  };
}

async function runQuery(
  client: Pick<Surreal, "query">,
  sql: string,
  bindings: Bindings | undefined,
): Promise<readonly unknown[]> {
  return settle(await client.query(sql, { ...bindings }).responses(), undefined, 0);
}

/** Every statement closes on a line of its own, so that a comment at its end cannot swallow the `;`. */
function joinScript(script: readonly ScriptStatement[]): string {
  return script.map(({ text }) => `${text}\n;\n`).join("");
}

function settle(
  responses: readonly QueryResponse[],
  script: readonly ScriptStatement[] | undefined,
  offset: number,
): readonly unknown[] {
  const failure = rootCause(responses);
  if (failure !== undefined) {
    const index = failure.index - offset;
    throw statementFailed({ ...failure, index }, script?.[index]);
  }
  const results = responses.map((response) => (response.success ? response.result : undefined));
  return script === undefined ? results : results.slice(offset, offset + script.length);
}
