import type { LiveSchema } from "./live-schema.ts";
import { storedEffects } from "./stored-code.ts";

/**
 * Whether whole records of a table may be read: not where that computes what may never end, which kills the engine.
 *
 * @example
 * ```ts
 * if (mayReadWhole("user", readLiveSchema(schema))) await db.query("SELECT * FROM user LIMIT 10");
 * ```
 */
export function mayReadWhole(table: string, live: LiveSchema): boolean {
  return live.ofTable(table, "field").every(({ object, clauses }) => {
    if (!("COMPUTED" in clauses)) return true;
    const code = storedEffects(object, (one) =>
      one === object ? clauses : live.find(one)?.clauses,
    );
    return code.endless.length === 0;
  });
}
