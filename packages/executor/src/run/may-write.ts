import type { Touch } from "@surql/surrealql";

/** Whether a touch may change records: it writes, it calls what may write, or it could not be read. */
export function mayWrite({ effect }: Touch): boolean {
  return effect === "write" || effect === "call" || effect === "unknown";
}
