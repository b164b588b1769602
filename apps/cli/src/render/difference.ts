import type { SchemaDifference } from "surql/snapshot";
import { amount } from "../output/amount.ts";
import type { Style, StyleName } from "../output/style.ts";

const colours: Readonly<Record<string, StyleName>> = { "+": "green", "-": "red", "~": "yellow" };

/** A difference as text: how much, then one line for each change. */
export async function renderDifference(
  difference: SchemaDifference,
  style: Style,
): Promise<string> {
  const { from, to, identical, changes } = difference;
  if (identical) return `${from} and ${to} are identical.`;
  const { renderDifference: render } = await import("surql/snapshot");
  const lines = render(difference)
    .split("\n")
    .map((line) => {
      const colour = colours[line.charAt(0)];
      return colour === undefined ? line : style(colour, line);
    });
  return [`From ${from} to ${to}: ${amount(changes.length, "change")}`, ...lines].join("\n");
}
