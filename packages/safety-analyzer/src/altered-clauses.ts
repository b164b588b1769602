import type { Clauses } from "./live-schema.ts";

/** A definition after an `ALTER`: its clauses take the place of the old ones, `DROP …` takes one away. */
export function alteredClauses(before: Clauses | undefined, altered: Clauses): Clauses {
  const after = new Map(Object.entries(before ?? {}));
  for (const [name, text] of Object.entries(altered)) {
    if (name.startsWith("DROP ")) after.delete(name.slice("DROP ".length));
    else after.set(name, text);
    if (name === "SCHEMAFULL") after.delete("SCHEMALESS");
    if (name === "SCHEMALESS") after.delete("SCHEMAFULL");
  }
  return Object.fromEntries(after);
}
