import { readStatement, redactSecrets, splitStatements, tokenize } from "@surql/surrealql";

/** What must take time linear in the length of a text. */
const readers = { tokenize, splitStatements, readStatement, redactSecrets } as const;

/** How the slowest reader does on a text. */
export interface Slowness {
  readonly reader: string;
  readonly nanosecondsPerUnit: number;
}

/**
 * Repeats a text until it is long, and times each of the readers on it.
 *
 * @param enough The speed at which a reader is not timed again: others use the machine too.
 */
export function timeText(text: string, length: number, enough: number): Slowness {
  const long = (text || " ").repeat(Math.ceil(length / Math.max(1, text.length)));
  let slowest: Slowness = { reader: "none", nanosecondsPerUnit: 0 };
  for (const [reader, read] of Object.entries(readers)) {
    let nanosecondsPerUnit = Infinity;
    for (let attempt = 0; attempt < 3 && nanosecondsPerUnit > enough; attempt++) {
      const started = performance.now();
      read(long);
      const took = (performance.now() - started) * 1e6;
      nanosecondsPerUnit = Math.min(nanosecondsPerUnit, took / long.length);
    }
    if (nanosecondsPerUnit > slowest.nanosecondsPerUnit) slowest = { reader, nanosecondsPerUnit };
  }
  return slowest;
}
