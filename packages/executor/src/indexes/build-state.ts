import type { Database } from "@surql/connection";
import { quoteIdentifier } from "@surql/surrealql";
import type { IndexName } from "./touched-indexes.ts";

/** What the engine says of the build of an index. The counters are of this process of the engine. */
export interface BuildState {
  readonly status?: string | undefined;
  readonly initial?: number | undefined;
  readonly pending?: number | undefined;
  readonly updated?: number | undefined;
}

/** Milliseconds without any progress after which a build is taken for dead. */
const stallMs = 3_000;

/** Looks how the build of an index is coming along. */
export async function readBuildState(
  db: Database,
  { table, name }: IndexName,
): Promise<BuildState> {
  const sql = `INFO FOR INDEX ${quoteIdentifier(name)} ON TABLE ${quoteIdentifier(table)}`;
  const [info] = await db.query(sql);
  return (info as { readonly building?: BuildState }).building ?? {};
}

/** Says whether a build is under way. */
export function isUnderWay({ status }: BuildState): boolean {
  return status !== undefined && status !== "ready" && status !== "error";
}

/**
 * Tells, from one look at a build to the next, whether it stands still for good: a build that meets writers can lose
 * one of the records that it put off, and waits for it for ever (measured on 3.0.2, every embedded store).
 */
export function createStallWatch(): (state: BuildState) => boolean {
  let last: string | undefined;
  let since = performance.now();
  return (state) => {
    const now = JSON.stringify(state);
    if (now !== last || !isUnderWay(state)) {
      last = now;
      since = performance.now();
    }
    return performance.now() - since > stallMs;
  };
}
