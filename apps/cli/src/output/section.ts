import type { Style } from "./style.ts";

/** A titled part of a text, set off by an empty line; nothing when there is nothing in it. */
export function section(title: string, lines: readonly string[], style: Style): readonly string[] {
  return lines.length === 0 ? [] : ["", style("bold", title), ...lines];
}
