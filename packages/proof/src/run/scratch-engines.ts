import type { Database } from "@surql/connection";
import { quoteIdentifier } from "@surql/surrealql";

/** Longest that a statement may take, which may loop or sleep. */
const statementLimit = "5s";

/** Where empty engines come from. */
export interface ScratchEngines extends AsyncDisposable {
  /** An empty engine. */
  open(): Promise<Database>;
  /** Sees to it that no statement takes long in an engine, as one that sleeps or loops does. */
  limit(scratch: Database): Promise<void>;
  /** Empties an engine in which nothing went wrong, to be opened again: its database goes, with all that is in it. */
  reuse(scratch: Database): Promise<void>;
}

/** Opens engines one at a time, which takes as long as a small migration: so one that can be emptied is used again. */
export function scratchEngines(openScratch: () => Promise<Database>): ScratchEngines {
  let spare: Database | undefined;
  const limited = new WeakSet<Database>();
  return {
    async open() {
      const scratch = spare ?? (await openScratch());
      spare = undefined;
      return scratch;
    },
    async limit(scratch) {
      if (limited.has(scratch)) return;
      limited.add(scratch);
      // An engine that does not know the statement has no limit.
      await scratch.query(`ALTER SYSTEM QUERY_TIMEOUT ${statementLimit}`).catch(() => undefined);
    },
    async reuse(scratch) {
      if (spare !== undefined) return scratch.close();
      const name = quoteIdentifier(scratch.target.database);
      await scratch.query(`REMOVE DATABASE ${name}; DEFINE DATABASE ${name}`);
      spare = scratch;
    },
    async [Symbol.asyncDispose]() {
      await spare?.close();
    },
  };
}
