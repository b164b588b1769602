import { clausesOf, definitionHead } from "@surql/surrealql";

/** Clauses by their words, as `clausesOf` reads them; `undefined` takes one out. */
export type ClauseChanges = Readonly<Record<string, string | undefined>>;

/** A definition with other clauses. What cannot be taken apart stays as it is. */
export function rewriteDefinition(definition: string, changes: ClauseChanges): string {
  const head = definitionHead(definition);
  const clauses = clausesOf(definition);
  if (head === undefined || "" in clauses) return definition;
  const parts = Object.entries({ ...clauses, ...changes })
    .filter((clause): clause is [string, string] => clause[1] !== undefined)
    .map(([word, text]) => `${word} ${text}`.trimEnd());
  return [`DEFINE ${head.keyword} ${head.target}`, ...parts].join(" ");
}

/** A field that writes nothing into a record that is only moved. */
export function withoutWrites(definition: string): string {
  const { VALUE, DEFAULT = "" } = clausesOf(definition);
  const always = /^ALWAYS\b/.test(DEFAULT);
  if (VALUE === undefined && !always) return definition;
  return rewriteDefinition(definition, {
    VALUE: undefined,
    ...(always && { DEFAULT: undefined }),
  });
}

/** A table that takes whatever is in a record. */
export function schemaless(definition: string): string {
  const { SCHEMAFULL } = clausesOf(definition);
  if (SCHEMAFULL === undefined) return definition;
  return rewriteDefinition(definition, { SCHEMAFULL: undefined, SCHEMALESS: "" });
}
