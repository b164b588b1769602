import { amount } from "../output/amount.ts";
import type { Style } from "../output/style.ts";

/** Migration files with nothing wrong in them. */
export function renderValid({ migrations }: { readonly migrations: number }, style: Style): string {
  return `${style("green", "Valid:")} ${amount(migrations, "migration")}.`;
}
