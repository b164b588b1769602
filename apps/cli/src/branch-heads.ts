import type { Migration } from "surql/migration";

/** The heads of the migrations where there is more than one, for a document: programs ask for the key. */
export async function severalHeads(
  migrations: readonly Migration[],
): Promise<{ readonly heads?: readonly string[] }> {
  const { buildVersionGraph } = await import("surql/graph");
  const heads = buildVersionGraph(migrations).heads();
  return heads.length > 1 ? { heads } : {};
}

/** That there are several heads, and what to do about it. */
export function renderHeads(heads: readonly string[] = []): readonly string[] {
  return heads.length === 0
    ? []
    : [`${heads.length} heads: ${heads.join(", ")}. To bring them together: surql migrate merge`];
}
