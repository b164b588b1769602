import type { Keeping } from "../quarantine/keeping.ts";

/**
 * Says whether something can be kept before the transaction that loses it: what the statements before it do to the table
 * has not happened by then, so nothing before it may write there. Of a table that may be written to, that is an image
 * of all of it, whatever becomes of it then. Pure.
 *
 * @param keepings All that a rollback keeps, in the order of keeping.
 * @param mayHoldEdges Whether there are records in it that may be edges, where the table can hold both.
 */
export function fitsBatches(
  keepings: readonly Keeping[],
  position: number,
  mayHoldEdges: boolean,
): boolean {
  const keeping = keepings[position];
  if (keeping === undefined || keeping.kind === "edges") return false;
  if (keeping.kind !== "records" && !keeping.isCertain) return false;
  // Edges have to be told from other records one by one.
  const isPlain = keeping.kind === "field" || keeping.edges !== "some" || !mayHoldEdges;
  const earlier = keepings.slice(0, position).some(({ table }) => table === keeping.table);
  return isPlain && !earlier;
}
