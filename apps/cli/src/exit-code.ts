import type { ErrorCategory } from "surql/errors";

const exitCodes: Readonly<Record<ErrorCategory, number>> = {
  failure: 1,
  usage: 2,
  refused: 3,
  state: 4,
  locked: 5,
  partial: 6,
  interrupted: 130,
};

/** The process exit code for an error of a category. */
export function exitCodeOf(category: ErrorCategory): number {
  return exitCodes[category];
}
