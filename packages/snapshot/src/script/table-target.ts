import type { TableSnapshot } from "../snapshot.ts";

/** A table of which something changes, and which is there afterwards. */
export interface TableTarget {
  readonly name: string;
  /** What is there when it is built up; `undefined` for nothing. */
  readonly before: TableSnapshot | undefined;
  readonly after: TableSnapshot;
}

/** Whether it is known what belongs to the table, before and after. */
export function isReadable({ before, after }: TableTarget): boolean {
  return before?.unreadable === undefined && after.unreadable === undefined;
}
