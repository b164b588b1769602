import { connect } from "@surql/connection";
import type { Database } from "@surql/connection";

/** An engine that reads scripts and runs nothing of them. */
export interface EngineReader extends AsyncDisposable {
  /** How many statements the engine finds in a text; `undefined` when it refuses the text, or cannot be asked about it. */
  count(text: string): Promise<number | undefined>;
}

/** Opens an engine of its own. */
export async function openEngineReader(): Promise<EngineReader> {
  const db = await connect({ url: "mem://", namespace: "fuzz", database: "fuzz" });
  return {
    count: (text) => countStatements(db, text),
    [Symbol.asyncDispose]: () => db.close(),
  };
}

/** Words that would end the transaction, so that the rest of the text would run. */
const ending = /begin|commit|cancel/i;

/**
 * In a transaction that has failed already the engine runs nothing more, and gives each statement
 * that it would have run one answer of the kind `Cancelled`. Measured on SurrealDB 3.0.2.
 */
async function countStatements(db: Database, text: string): Promise<number | undefined> {
  if (ending.test(text)) return undefined;
  try {
    const answers = await db.client.query(`BEGIN; THROW 'stop';\n${text}\n;CANCEL;`).responses();
    return answers.filter(
      (answer) => !answer.success && String(answer.error.details?.kind) === "Cancelled",
    ).length;
  } catch {
    return undefined;
  }
}
