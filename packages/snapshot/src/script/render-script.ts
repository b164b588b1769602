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

function renderGap({ path, change, reason, statement }: DifferenceGap): string {
  const lines = [
    `${path} is not ${change}: ${reasons[reason]}${statement === undefined ? "" : ":"}`,
  ];
  if (statement !== undefined) lines.push(...`${statement};`.split("\n"));
  return lines.map((line) => `-- ${line}`).join("\n");
}
