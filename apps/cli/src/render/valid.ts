import type { Style } from "../output/style.ts";

/** Migration files with nothing wrong in them. */
export function renderValid({ migrations }: { readonly migrations: number }, style: Style): string {
  const count = migrations === 1 ? "1 migration is" : `${migrations} migrations are`;
  return `${style("green", "Valid:")} ${count} as they should be.`;
}
