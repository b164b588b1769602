import type { Database } from "@surql/connection";
import { quoteIdentifier } from "@surql/surrealql";

/** Where empty engines come from. */
export interface ScratchEngines extends AsyncDisposable {
  /** An empty engine. */
  open(): Promise<Database>;
  /** Empties an engine in which nothing went wrong, to be opened again: its database goes, with all that is in it. */
  reuse(scratch: Database): Promise<void>;
}

/** Opens engines one at a time, which takes as long as a small migration: so one that can be emptied is used again. */
export function scratchEngines(openScratch: () => Promise<Database>): ScratchEngines {
  let spare: Database | undefined;
  return {
    async open() {
      const scratch = spare ?? (await openScratch());
      spare = undefined;
      return scratch;
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
