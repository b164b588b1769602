import { objectKind } from "./object-kind.ts";
import { readObject } from "./object-name.ts";
import { openReader } from "./open-reader.ts";
import { eatWords, peekWord } from "./reader.ts";

/** A definition in three parts, as they are written. */
export interface DefinitionHead {
  /** The word of its kind: `FIELD`, `TABLE`, `CONFIG`. */
  readonly keyword: string;
  /** What a `REMOVE` or an `ALTER` of it names: `bio ON user`, `fn::greet`, `ada ON DATABASE`. */
  readonly target: string;
  /** All that follows: `TYPE string PERMISSIONS FULL`. */
  readonly clauses: string;
}

/**
 * Takes a definition apart, so that another statement about the same object can be written.
 *
 * @param definition One `DEFINE` statement.
 * @returns `undefined` where the kind is not known, or the name is not where it should be.
 * @example
 * ```ts
 * definitionHead("DEFINE FIELD bio ON user TYPE string");
 * // { keyword: "FIELD", target: "bio ON user", clauses: "TYPE string" }
 * ```
 */
export function definitionHead(definition: string): DefinitionHead | undefined {
  const reader = openReader(definition);
  if (!eatWords(reader, "DEFINE")) return undefined;
  const keyword = peekWord(reader);
  const kind = objectKind(keyword);
  if (kind === undefined) return undefined;
  reader.at++;
  if (!eatWords(reader, "IF", "NOT", "EXISTS")) eatWords(reader, "OVERWRITE");
  const from = reader.tokens[reader.at]?.start;
  if (readObject(reader, kind) === undefined) return undefined;
  const to = reader.tokens[reader.at - 1]?.end;
  return {
    keyword,
    target: definition.slice(from, to),
    clauses: definition.slice(reader.tokens[reader.at]?.start ?? definition.length),
  };
}
