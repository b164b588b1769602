import type { DifferenceGap } from "./difference-script.ts";

/** Statements, and what none of them can do. */
export interface RenderableScript {
  readonly statements: readonly { readonly text: string }[];
  readonly gaps: readonly DifferenceGap[];
}

const reasons: Readonly<Record<DifferenceGap["reason"], string>> = {
  impossible: "SurrealQL has no statement for it",
  secret: "its secret is in no snapshot; put it in and run",
  unreadable: "the engine did not show what belongs to it",
};

/**
 * Writes a script as text: one statement after the other, and what it leaves as it was in comments behind them.
 *
 * @returns Empty when there is nothing to do; else it ends with the end of a line.
 * @example
 * ```ts
 * renderScript(differenceScript(before, after)); // "DEFINE FIELD bio ON user TYPE none | string PERMISSIONS FULL;\n"
 * ```
 */
export function renderScript({ statements, gaps }: RenderableScript): string {
  return [...statements.map(({ text }) => `${text};`), ...gaps.map(renderGap)]
    .map((part) => `${part}\n`)
    .join("");
}

/** All that ends a line, and with it a comment, for the engine (measured on 3.0.2) or for a reader. */
const lineEnd = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

function renderGap({ path, change, reason, statement }: DifferenceGap): string {
  const text = `${path} is not ${change}: ${reasons[reason]}`;
  const lines = statement === undefined ? text : `${text}:\n${statement};`;
  return lines
    .split(lineEnd)
    .map((line) => `-- ${line}`)
    .join("\n");
}
