/** A statement of which the rehearsal says nothing. */
export interface UnprovenStatement {
  readonly migration: string;
  /** Line in the migration's file, from 1. */
  readonly line: number;
  /** Such as that it failed, stands behind a failure, or needs the network. Secrets are taken out. */
  readonly why: string;
}

/** How a verdict was rehearsed. A plain value. */
export interface RehearsalReport {
  /**
   * `scratch`: in an engine of its own, with the live schema. `live`: in a transaction on the database, which was
   * cancelled. `none`: not at all, the verdict rests on reading and counting.
   */
  readonly ground: "scratch" | "live" | "none";
  /** Why there was no scratch engine; left out when there was one. */
  readonly why?: string | undefined;
  readonly durationMs: number;
  /** Paths of the objects that the scratch engine could not hold as the database has them. */
  readonly omitted: readonly string[];
  readonly unproven: readonly UnprovenStatement[];
  /** How many records of each table were copied at most; left out when there were none. */
  readonly sample?: number | undefined;
}

/** The report on a plan that was not rehearsed. */
export function notRehearsed(why: string): RehearsalReport {
  return { ground: "none", why, durationMs: 0, omitted: [], unproven: [] };
}
