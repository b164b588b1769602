import { quoteIdentifier, unquoteIdentifier } from "@surql/surrealql";

/** The path of a field, taken apart. */
export interface FieldSegments {
  /** The plain names from its beginning up to where it enters an array or ends. */
  readonly names: readonly string[];
  /** The whole path, fit to stand in `UNSET`; `undefined` where no such statement can be written. */
  readonly unset: string | undefined;
}

const segment = /(?:^|\.)([A-Za-z_]\w*|`(?:[^`\\]|\\[^])*`|⟨[^⟩]*⟩|\*)/y;

/**
 * Takes the path of a field apart, as `INFO` writes it. Pure.
 *
 * @example
 * ```ts
 * fieldSegments("items.*.`unit price`"); // { names: ["items"], unset: "items.*.`unit price`" }
 * ```
 */
export function fieldSegments(path: string): FieldSegments {
  const parts: string[] = [];
  segment.lastIndex = 0;
  let end = 0;
  for (let match = segment.exec(path); match !== null; match = segment.exec(path)) {
    parts.push(match[1] ?? "");
    end = segment.lastIndex;
  }
  const wildcard = parts.indexOf("*");
  const names = (wildcard === -1 ? parts : parts.slice(0, wildcard)).map(unquoteIdentifier);
  const isWhole = end === path.length && names.length > 0;
  return { names, unset: isWhole ? parts.map(quoteSegment).join(".") : undefined };
}

function quoteSegment(part: string): string {
  return part === "*" ? part : quoteIdentifier(unquoteIdentifier(part));
}
