import type { Impact } from "./rollback-issue.ts";

/** Whether it is certain that no record is concerned. */
export function isNone(impact: Impact | undefined): boolean {
  return impact !== undefined && impact.exact && impact.records === 0;
}

/** What is left of a number that is only an upper bound: exact when it is 0. */
export function atMost(impact: Impact | undefined): Impact | undefined {
  return impact && { ...impact, exact: isNone(impact) };
}
