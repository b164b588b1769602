import { formatWithOptions } from "node:util";
import { vi } from "vitest";
import { isShownAs } from "./shows.ts";

/** What the console is given from now on, line by line, as it would print it. */
export function catchPrinted(): readonly string[] {
  const lines: string[] = [];
  for (const method of ["log", "error", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation((...values: readonly unknown[]) => {
      const options = { depth: null, breakLength: Infinity, compact: true } as const;
      lines.push(...formatWithOptions(options, ...values).split("\n"));
    });
  }
  return lines;
}

/** What a code says that it prints: behind a `console.log` that stands in no block, and at its very end. */
function announced(text: string): readonly string[] {
  const lines = text.split("\n");
  const behind = lines.flatMap((line) => /^console\.log\(.*\); \/\/ (.*)$/.exec(line)?.[1] ?? []);
  const last = lines.findLastIndex((line) => !line.startsWith("// "));
  return [...behind, ...lines.slice(last + 1).map((line) => line.slice("// ".length))];
}

/** The lines that a code announces and does not print. */
export function notPrinted(text: string, printed: readonly string[]): readonly string[] {
  return announced(text).filter((line) => !printed.some((one) => isShownAs(one, line)));
}
