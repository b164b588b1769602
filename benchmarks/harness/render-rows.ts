import { passes, ratioOf } from "./row.ts";
import type { Row } from "./row.ts";

const widths = [58, 9, 9, 8, 8, 6];

/** The line above all rows. */
export const headLine: string = line(["what", "ours", "raw", "ratio", "at most", ""]);

/** Writes a row as a line for a terminal. */
export function renderRow(row: Row): string {
  const { what, unit, ours, raw, mark } = row;
  const ratio = ratioOf(row);
  const passed = passes(row);
  return line([
    what,
    amount(ours, unit),
    raw === undefined ? "" : amount(raw, unit),
    ratio === undefined ? "" : times(ratio),
    raw === undefined ? amount(mark, unit) : times(mark),
    passed ? "pass" : "MISS",
  ]);
}

/** Writes a row for programs, with what follows from it. */
export function rowDocument(topic: string, row: Row): Readonly<Record<string, unknown>> {
  return { topic, ...row, ratio: ratioOf(row), pass: passes(row) };
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    .join(" ")
    .trimEnd();
}

function amount(value: number, unit: Row["unit"]): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
}

function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}
