import type { Token } from "./token.ts";
import { significantTokens } from "./tokenize.ts";
import { unquoteIdentifier, unquoteString } from "./unquote.ts";

/** A type as the engine writes it, read. */
export type TypeTree =
  | { readonly kind: "named"; readonly name: string; readonly words: readonly string[] }
  | {
      readonly kind: "list";
      readonly name: "array" | "set";
      readonly element: readonly TypeTree[];
      readonly length?: number | undefined;
    }
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "tuple"; readonly items: readonly (readonly TypeTree[])[] }
  | {
      readonly kind: "fields";
      readonly fields: readonly (readonly [string, readonly TypeTree[]])[];
    };

interface Cursor {
  readonly tokens: readonly Token[];
  at: number;
}

/**
 * The alternatives of a type, as the engine writes it: `option<int>` is none or an int. What cannot be read is `any`. Pure.
 *
 * @example
 * ```ts
 * readType("none | record<user>").map(({ kind }) => kind); // ["named", "named"]
 * ```
 */
export function readType(text: string): readonly TypeTree[] {
  const cursor = { tokens: significantTokens(text), at: 0 };
  return readUnion(cursor);
}

function readUnion(cursor: Cursor): readonly TypeTree[] {
  const found = [...readSingle(cursor)];
  while (eat(cursor, "|")) found.push(...readSingle(cursor));
  return found;
}

function readSingle(cursor: Cursor): readonly TypeTree[] {
  const sign = eat(cursor, "-") ? "-" : "";
  const token = cursor.tokens[cursor.at];
  if (token === undefined) return [named("any")];
  cursor.at += 1;
  if (token.text === "[") return [{ kind: "tuple", items: readItems(cursor, "]") }];
  if (token.text === "{") return [readFields(cursor)];
  if (token.kind !== "word" || /^(?:true|false)$/i.test(token.text)) {
    return [{ kind: "literal", text: sign + token.text }];
  }
  return readNamed(token.text.toLowerCase(), cursor);
}

function readNamed(name: string, cursor: Cursor): readonly TypeTree[] {
  if (!eat(cursor, "<"))
    return [name === "array" || name === "set" ? list(name, [named("any")]) : named(name)];
  if (name === "record" || name === "geometry" || name === "file") {
    const words: string[] = [];
    while (cursor.at < cursor.tokens.length && !eat(cursor, ">")) {
      const { kind, text } = cursor.tokens[cursor.at]!;
      if (kind !== "symbol") words.push(unquoteIdentifier(text));
      cursor.at += 1;
    }
    return [{ kind: "named", name, words }];
  }
  const element = readUnion(cursor);
  const length = eat(cursor, ",") ? Number(cursor.tokens[cursor.at++]?.text) : undefined;
  eat(cursor, ">");
  if (name === "option") return [named("none"), ...element];
  return name === "array" || name === "set" ? [list(name, element, length)] : [named("any")];
}

function readItems(cursor: Cursor, close: string): readonly (readonly TypeTree[])[] {
  const items: (readonly TypeTree[])[] = [];
  while (cursor.at < cursor.tokens.length && !eat(cursor, close)) {
    items.push(readUnion(cursor));
    eat(cursor, ",");
  }
  return items;
}

function readFields(cursor: Cursor): TypeTree {
  const fields: (readonly [string, readonly TypeTree[]])[] = [];
  while (cursor.at < cursor.tokens.length && !eat(cursor, "}")) {
    const { kind, text } = cursor.tokens[cursor.at++]!;
    eat(cursor, ":");
    fields.push([
      kind === "string" ? unquoteString(text) : unquoteIdentifier(text),
      readUnion(cursor),
    ]);
    eat(cursor, ",");
  }
  return { kind: "fields", fields };
}

function named(name: string): TypeTree {
  return { kind: "named", name, words: [] };
}

function list(name: "array" | "set", element: readonly TypeTree[], length?: number): TypeTree {
  return { kind: "list", name, element, length };
}

function eat(cursor: Cursor, symbol: string): boolean {
  if (cursor.tokens[cursor.at]?.text !== symbol) return false;
  cursor.at += 1;
  return true;
}
