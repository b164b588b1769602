import { invalidUsage } from "./errors.ts";

const milliseconds: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * Reads a duration such as `30d`.
 *
 * @returns Milliseconds.
 * @throws `CLI.INVALID_USAGE`.
 */
export function parseDuration(text: string): number {
  const [, amount, unit = ""] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  const factor = milliseconds[unit];
  if (amount === undefined || factor === undefined) {
    throw invalidUsage(`--older-than: ${JSON.stringify(text)} is not a duration.`, [
      "Give a number and one of s, m, h, d, w: 30d.",
    ]);
  }
  return Number(amount) * factor;
}
