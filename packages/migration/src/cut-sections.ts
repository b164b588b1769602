import type { Token } from "@surql/surrealql";

/** A part of a migration file: what stands above its first marker is the header. */
export interface Section {
  readonly kind: "header" | "metadata" | "up" | "down";
  readonly tokens: readonly Token[];
}

/** A marker that is none of the known ones. */
export interface UnknownMarker {
  readonly word: string;
  readonly start: number;
}

/**
 * Cuts a file at its markers: comment lines that hold `@metadata`, `@up` or `@down` and nothing else.
 * Such a line inside a string or another comment is no marker, since it is no token of its own.
 */
export function cutSections(tokens: readonly Token[]): {
  readonly sections: readonly Section[];
  readonly unknown: readonly UnknownMarker[];
} {
  const sections: { kind: Section["kind"]; tokens: Token[] }[] = [{ kind: "header", tokens: [] }];
  const unknown: UnknownMarker[] = [];
  tokens.forEach((token, index) => {
    const word = startsLine(tokens, index) ? markerIn(token) : undefined;
    const kind = word?.toLowerCase();
    if (kind === "metadata" || kind === "up" || kind === "down") {
      sections.push({ kind, tokens: [] });
    } else {
      if (word !== undefined) unknown.push({ word, start: token.start });
      sections.at(-1)?.tokens.push(token);
    }
  });
  return { sections, unknown };
}

function markerIn({ kind, text }: Token): string | undefined {
  return kind === "comment" ? /^--\s*@\s*(\w+)\s*$/.exec(text)?.[1] : undefined;
}

function startsLine(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  if (before === undefined) return true;
  return before.kind === "whitespace" && (before.text.includes("\n") || index === 1);
}
