import type { IssueObject } from "./rollback-issue.ts";

/**
 * Something that a verdict takes to be so because the data is so today: it would be worse if it were not. Whoever
 * runs the scripts asks again, in their transaction.
 */
export interface Assumption {
  /** Version of the migration whose script needs it. */
  readonly migration: string;
  /** The code of the issue that there would be. */
  readonly code: string;
  readonly object?: IssueObject | undefined;
  /** What is so, as it stands behind "because": `no record of user holds bio`. */
  readonly description: string;
  /** A SurrealQL expression that gives 0 as long as it is so; otherwise the number of records against it. */
  readonly check: string;
  /** What it may give instead of 0: so many records as were approved to be lost. */
  readonly atMost?: number | undefined;
}
