import { invalidUsage } from "./errors.ts";

const milliseconds: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Whether {@link parseDuration} can read it. */
export function isDuration(text: string): boolean {
  return /^\d+[smhdw]$/.test(text);
}

/**
 * Reads a duration such as `30d`.
 *
 * @param name The flag or setting that it is the value of.
 * @returns Milliseconds.
 * @throws `CLI.INVALID_USAGE`.
 */
export function parseDuration(name: string, text: string): number {
  const [, amount, unit = ""] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  const factor = milliseconds[unit];
  if (amount === undefined || factor === undefined) {
    throw invalidUsage(`${name}: ${JSON.stringify(text)} is not a duration.`, [
      "Give a number and one of s, m, h, d, w: 30d.",
    ]);
  }
  return Number(amount) * factor;
}
