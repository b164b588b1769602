import { canonicalJson } from "./canonical-json.ts";
import type { SchemaSnapshot } from "./snapshot.ts";

/**
 * Writes a snapshot as the text of a file: JSON with its keys in order, one definition per line, so that
 * equal snapshots give equal files and versions of a file can be compared line by line.
 *
 * @example
 * ```ts
 * await writeFile("20260109_120000.json", exportSnapshot(snapshot));
 * ```
 */
export function exportSnapshot(snapshot: SchemaSnapshot): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(snapshot)), undefined, 2)}\n`;
}
