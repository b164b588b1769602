import { clausesOf } from "@surql/surrealql";
import type { InfoAddress } from "../object-kinds.ts";
import type { Schema } from "../snapshot.ts";
import { inNewerWords } from "./newer-words.ts";

/** Writes the definitions of a schema in the words of 3.x, each by where it stands. */
export function newerWordsOf(schema: Schema): (address: InfoAddress, text: string) => string {
  const { tables, edges } = schema;
  const known = new Map<string, boolean>();
  const isSchemafull = (name: string): boolean => {
    const definition = (tables[name] ?? edges[name])?.definition;
    return definition === undefined || "SCHEMAFULL" in clausesOf(definition);
  };
  return ([table, key], text) => {
    if (key === "fields" && !known.has(table)) known.set(table, isSchemafull(table));
    return inNewerWords(key, text, known.get(table));
  };
}
