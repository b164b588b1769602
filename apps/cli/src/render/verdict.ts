import type { Verdict } from "surql/proof";
import type { Style, StyleName } from "../output/style.ts";

/** The verdicts of a proof in words. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  exact: "exact",
  lossless_with_preserve: "lossless with --preserve",
  loses: "loses",
  irreversible: "not reversible",
  fails: "fails",
};

const colours: Readonly<Record<Verdict, StyleName>> = {
  exact: "green",
  lossless_with_preserve: "green",
  loses: "yellow",
  irreversible: "yellow",
  fails: "red",
};

/** A verdict in words and in its colour. */
export function renderVerdict(verdict: Verdict, style: Style): string {
  return style(colours[verdict], verdictWords[verdict]);
}
