import type { Impact } from "./rollback-issue.ts";

/** The impact for a number of records, where they were counted. */
export function impactOf(records: number | undefined, exact = true): Impact | undefined {
  return records === undefined ? undefined : { records, exact };
}
