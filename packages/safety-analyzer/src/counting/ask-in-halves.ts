import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";

/**
 * Asks many queries at once. One that the engine refuses must not hide the answers of the others: then they are
 * asked in halves, and the one that is refused is left out.
 *
 * @returns Each item with the result of its query.
 */
export async function askInHalves<T>(
  db: Database,
  items: readonly T[],
  queryOf: (item: T) => string,
): Promise<readonly (readonly [T, unknown])[]> {
  if (items.length === 0) return [];
  try {
    const results = await db.query(items.map(queryOf).join(";\n"));
    return items.map((item, index) => [item, results[index]]);
  } catch (error) {
    if (!isSurqlError(error) || error.code !== "CONNECTION.QUERY_FAILED") throw error;
    if (items.length === 1) return [];
    const middle = Math.ceil(items.length / 2);
    const first = await askInHalves(db, items.slice(0, middle), queryOf);
    return [...first, ...(await askInHalves(db, items.slice(middle), queryOf))];
  }
}
