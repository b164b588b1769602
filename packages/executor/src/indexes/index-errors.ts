import { SurqlError } from "@surql/errors";
import { quoteIdentifier } from "@surql/surrealql";

/**
 * An index does not hold what its table holds, even after it was built again.
 *
 * @param duplicate Why it cannot be built, where that is known, in the server's own words.
 */
export function indexIncomplete(table: string, index: string, duplicate?: string): SurqlError {
  const rebuild = `REBUILD INDEX ${quoteIdentifier(index)} ON TABLE ${quoteIdentifier(table)}`;
  return new SurqlError({
    code: "EXECUTOR.INDEX_INCOMPLETE",
    category: "failure",
    message: `Index ${index} of ${table} does not find every record${duplicate === undefined ? ", even after it was rebuilt" : " and cannot be built"}.`,
    why: duplicate,
    nextActions: [
      duplicate === undefined
        ? `Build it while nothing else writes to ${table}: ${rebuild}`
        : `Take the duplicates out of ${table}, then build it: ${rebuild}`,
      "surql migrate repair builds and checks it, too.",
    ],
    meta: duplicate === undefined ? { table, index } : { table, index, reason: duplicate },
  });
}

/** An index that is built in the background is not through, and look-ups by it find nothing until then. */
export function indexUnfinished(table: string, index: string): SurqlError {
  const show = `INFO FOR INDEX ${quoteIdentifier(index)} ON TABLE ${quoteIdentifier(table)}`;
  return new SurqlError({
    code: "EXECUTOR.INDEX_UNFINISHED",
    category: "failure",
    message: `Index ${index} of ${table} is still being built. What was to be done is committed.`,
    nextActions: [
      `Look how it comes along: ${show}`,
      `Where others write to ${table} without a pause, it may need one to finish.`,
      "Then check it again: surql migrate repair",
    ],
    meta: { table, index },
  });
}
