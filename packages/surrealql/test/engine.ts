import { createNodeEngines } from "@surrealdb/node";
import { Surreal } from "surrealdb";

/** What one statement gave: its value, or the message of its error. */
interface Outcome {
  readonly value?: unknown;
  readonly error?: string;
  readonly kind?: string;
}

export interface Engine {
  /** Runs text in a new, empty database, or in the one in use; a text that does not parse gives one error. */
  run(text: string): Promise<readonly Outcome[]>;
  fresh(): Promise<void>;
  /** The value of the only statement of a text, which must succeed. */
  valueOf<T>(text: string): Promise<T>;
  /** The number of statements the engine reads in a script, running none of them; undefined when it refuses it. */
  countStatements(script: string): Promise<number | undefined>;
  close(): Promise<void>;
}

/** Opens an embedded engine in memory. */
export async function openEngine(): Promise<Engine> {
  const surreal = new Surreal({
    engines: createNodeEngines({ capabilities: { experimental: true } }),
  });
  await surreal.connect("mem://");
  let databases = 0;
  const run = async (text: string): Promise<readonly Outcome[]> => {
    try {
      const responses = await surreal.query(text).responses();
      return responses.map((response) =>
        response.success
          ? { value: response.result }
          : { error: response.error.message, kind: String(response.error.details?.kind) },
      );
    } catch (error) {
      return [{ error: String(error), kind: "Refused" }];
    }
  };
  const engine: Engine = {
    run,
    async fresh() {
      await surreal.use({ namespace: "test", database: `d${++databases}` });
    },
    async valueOf<T>(text: string): Promise<T> {
      const [outcome] = await run(text);
      if (outcome?.error !== undefined) throw new Error(`${text}: ${outcome.error}`);
      return outcome?.value as T;
    },
    async countStatements(script) {
      const outcomes = await run(`BEGIN; THROW 'stop';\n${script}\n;CANCEL;`);
      if (outcomes.some(({ kind }) => kind === "Refused")) return undefined;
      return outcomes.filter(({ kind }) => kind === "Cancelled").length;
    },
    close: async () => {
      await surreal.close();
    },
  };
  await engine.fresh();
  return engine;
}
