import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { quoteIdentifier } from "@surql/surrealql";

/** Longest that a text may take, whose statements may loop or sleep. */
const textLimit = "5s";

/** Where empty engines come from. */
export interface ScratchEngines extends AsyncDisposable {
  /** An empty engine. */
  open(): Promise<Database>;
  /** An empty engine in which statements have run, and what each answered; or the position of the one that failed. */
  run(statements: readonly string[], limits: "limited" | "unlimited"): Promise<Run | Stopped>;
  /** Sees to it that no text takes long in an engine, as one that sleeps or loops does. */
  limit(scratch: Database): Promise<void>;
  /** Takes back an engine in which nothing went wrong, to be opened again: its database goes then, with all that is in it. */
  reuse(scratch: Database): Promise<void>;
}

/** Statements that have run, and where. */
export interface Run {
  readonly scratch: Database;
  readonly answers: readonly unknown[];
}

/** Statements one of which failed. */
export interface Stopped {
  readonly scratch?: undefined;
  readonly failedAt: number;
}

/** Opens engines one at a time, which takes as long as a small migration: so one that can be emptied is used again. */
export function scratchEngines(openScratch: () => Promise<Database>): ScratchEngines {
  let spare: Database | undefined;
  const limited = new WeakSet<Database>();
  const take = async (): Promise<{ scratch: Database; emptying: readonly string[] }> => {
    if (spare === undefined) return { scratch: await openScratch(), emptying: [] };
    const scratch = spare;
    spare = undefined;
    const name = quoteIdentifier(scratch.target.database);
    return { scratch, emptying: [`REMOVE DATABASE ${name}`, `DEFINE DATABASE ${name}`] };
  };
  const limit = async (scratch: Database): Promise<void> => {
    if (limited.has(scratch)) return;
    limited.add(scratch);
    // An engine that does not know the statement has no limit.
    await scratch.query(`ALTER SYSTEM QUERY_TIMEOUT ${textLimit}`).catch(() => undefined);
  };
  return {
    async open() {
      const { scratch, emptying } = await take();
      if (emptying.length > 0) await scratch.query(textOf(emptying));
      return scratch;
    },
    async run(statements, limits) {
      const { scratch, emptying } = await take();
      if (limits === "limited") await limit(scratch);
      try {
        const answers = await scratch.query(textOf([...emptying, ...statements]));
        return { scratch, answers };
      } catch (error) {
        await scratch.close();
        if (!isSurqlError(error) || error.code === "CONNECTION.LOST") throw error;
        const { index } = error.meta;
        return { failedAt: typeof index === "number" ? index - emptying.length : -1 };
      }
    },
    limit,
    async reuse(scratch) {
      if (spare !== undefined) return scratch.close();
      spare = scratch;
    },
    async [Symbol.asyncDispose]() {
      await spare?.close();
    },
  };
}

function textOf(statements: readonly string[]): string {
  return statements.map((text) => `${text}\n;\n`).join("");
}
