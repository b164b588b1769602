import { quoteIdentifier } from "@surql/surrealql";

/**
 * The record that holds the snapshot of a version, which must not be empty: its name is the version, so no
 * two versions share one. It is written out, since the function that makes a record of a text has another name on 2.x.
 */
export function snapshotRecord(version: string): string {
  return `_schema_snapshot:${quoteIdentifier(version)}`;
}
