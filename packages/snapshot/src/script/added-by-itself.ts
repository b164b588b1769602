import { clausesOf, isWord, quoteIdentifier, significantTokens } from "@surql/surrealql";
import type { Token } from "@surql/surrealql";
import type { Definitions } from "../snapshot.ts";
import { alternatives } from "./alternatives.ts";
import { elementType } from "./element-type.ts";

/**
 * The fields that the engine adds by itself when it defines a field, by name: `tags.*` with `tags TYPE array<string>`, and on to what
 * lies in that. What is said of the element is its type alone. An element of any type gets one only within a union, what a literal type holds never (measured on 3.0.2).
 *
 * @param definition Canonical text of the field.
 */
export function addedByField(table: string, name: string, definition: string): Definitions {
  if (!/\b(array|set)\b/.test(definition)) return {};
  return elementsOf(table, name, clausesOf(definition)["TYPE"] ?? "");
}

/** What a union holds is one, too, even where a single type is left of it. */
function elementsOf(table: string, field: string, type: string, within = false): Definitions {
  const element = elementType(type);
  const inUnion = within || alternatives(type).length > 1;
  if (element === "" || (element === "any" && !inUnion)) return {};
  const name = `${field}.*`;
  const more = elementsOf(table, name, element, inUnion);
  return { [name]: plainField(table, name, element), ...more };
}

/** The fields that the engine adds with a table: `in` and `out` of a relation. */
export function addedByTable(table: string, definition: string): Definitions {
  const type = clausesOf(definition)["TYPE"] ?? "";
  const tokens = significantTokens(type);
  if (!isWord(tokens[0], "RELATION")) return {};
  const behind = (word: string): string => {
    const begin = tokens.findIndex((token) => isWord(token, word));
    if (begin === -1) return "record";
    const end = tokens.findIndex(
      (token, at) => at > begin && (isWord(token, "OUT") || isWord(token, "ENFORCED")),
    );
    return `record<${textOf(type, tokens.slice(begin + 1, end === -1 ? undefined : end))}>`;
  };
  return {
    in: plainField(table, "in", behind("IN")),
    out: plainField(table, "out", behind("OUT")),
  };
}

function plainField(table: string, name: string, type: string): string {
  return `DEFINE FIELD ${name} ON ${quoteIdentifier(table)} TYPE ${type} PERMISSIONS FULL`;
}

function textOf(text: string, tokens: readonly Token[]): string {
  return text.slice(tokens[0]?.start, tokens.at(-1)?.end);
}
