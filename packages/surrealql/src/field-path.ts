import { eatSymbol, isSymbol, peek, peekName, peekWord } from "./reader.ts";
import type { Reader } from "./reader.ts";
import { unquoteString } from "./unquote.ts";

/**
 * Reads the path of a field, up to its `ON`, into the spelling of `INFO FOR TABLE`: `a[*].b` gives `a.*.b`,
 * names are bare where they can be. A path that is computed gives undefined.
 */
export function readFieldPath(reader: Reader): string | undefined {
  const first = peek(reader);
  const name = peekName(reader);
  reader.at++;
  if (first?.kind === "string") {
    return peekWord(reader) === "ON" ? unquoteString(first.text) : undefined;
  }
  if (name === undefined) return undefined;
  let path = spellName(name);
  while (peekWord(reader) !== "ON") {
    const part = readPart(reader);
    if (part === undefined) return undefined;
    path += part;
  }
  return path;
}

function readPart(reader: Reader): string | undefined {
  if (eatSymbol(reader, "...") || eatSymbol(reader, "…")) return "…";
  if (isSymbol(reader, "[")) {
    const inside = readGroup(reader);
    return inside === "[*]" ? ".*" : inside;
  }
  if (!eatSymbol(reader, ".")) return undefined;
  if (eatSymbol(reader, "*")) return ".*";
  if (eatSymbol(reader, "?")) return ".?";
  if (isSymbol(reader, "{")) return `.${readGroup(reader) ?? ""}`;
  const name = peekName(reader);
  if (name === undefined) return undefined;
  reader.at++;
  return `.${spellName(name)}`;
}

function readGroup(reader: Reader): string | undefined {
  const close = reader.closing.get(reader.at);
  if (close === undefined) return undefined;
  const from = peek(reader)?.start;
  reader.at = close + 1;
  return reader.text.slice(from, reader.tokens[close]?.end);
}

const escapes: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\b": "\\u{8}",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
};

/** A name as the engine prints it in definitions, where no keyword can be meant. */
function spellName(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name) && name !== "NaN" && name !== "Infinity") return name;
  return `\`${name.replace(/[\0\b\t\n\f\r\\`]/g, (unit) => escapes[unit] ?? `\\${unit}`)}\``;
}
