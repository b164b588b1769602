import type { Database } from "./database.ts";
import { closed, transactionsUnsupported } from "./errors/calling.ts";
import { runTransaction } from "./run-transaction.ts";
import { runTrial } from "./run-trial.ts";
import { askScript, askText, askTransactions } from "./session.ts";
import type { Session } from "./session.ts";

/** What {@link createDatabase} is built from. */
export interface DatabaseParts extends Session {
  readonly close: () => Promise<void>;
}

/** Puts the port over a client that is connected and has its database selected. */
export function createDatabase({ close, ...session }: DatabaseParts): Database {
  const { client, target } = session;
  let closing: Promise<void> | undefined;

  const whileOpen = <T>(work: () => Promise<T>): Promise<T> =>
    closing === undefined ? work() : Promise.reject(closed(target.url));
  const whileInteractive = <T>(work: () => Promise<T>): Promise<T> =>
    whileOpen(() =>
      target.interactiveTransactions ? work() : Promise.reject(transactionsUnsupported(target.url)),
    );
  const closeOnce = (): Promise<void> => {
    closing ??= close();
    return closing;
  };

  return {
    target,
    client,
    query: (sql, bindings) => whileOpen(() => askText(session, client, sql, bindings)),
    transact: (script, bindings) =>
      whileOpen(() => askScript(session, client, script, bindings, "transaction")),
    transactEach: (scripts, bindings) =>
      whileOpen(() => askTransactions(session, scripts, bindings)),
    transaction: (work) => whileInteractive(() => runTransaction(session, work)),
    rehearse: (work) => whileInteractive(() => runTrial(session, work)),
    openScratch: () => whileOpen(() => openScratch(session)),
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  };
}

/** Named like the original, so that what asks for its own database's name gets the same answer. */
async function openScratch({ target, redact }: Session): Promise<Database> {
  const { namespace, database } = target;
  const { openDatabase } = await import("./open-database.ts");
  return openDatabase({ url: "mem://", namespace, database, redact });
}
