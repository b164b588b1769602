import { relative } from "node:path";
import type { RecordedSum } from "surql/migration";
import type { Style } from "../output/style.ts";

/** What sealing changed, file by file. */
export function renderSealed(
  { path, sealed, accepted, dropped }: RecordedSum,
  style: Style,
): string {
  const lines = [
    ...sealed.map((name) => `${style("green", "sealed")} ${name}`),
    ...accepted.map((name) => `${style("yellow", "accepted as edited")} ${name}`),
    ...dropped.map((name) => `${style("yellow", "no longer listed")} ${name}`),
  ];
  const file = relative(process.cwd(), path);
  return lines.length === 0 ? `${file} has every file as it is.` : lines.join("\n");
}
