import type { QuarantineEntry } from "@surql/history";
import { backRows, entryRows, headerOf } from "../quarantine/entry-place.ts";

/** Names of the variables that an entry's statements share, and of what they read. */
export interface EntryNames {
  /** The header's record. */
  readonly header: string;
  /** The range of the data rows. */
  readonly rows: string;
  /** The range of the back rows. */
  readonly back: string;
  /** Variable: the keys of what was written since, as far as it stays. */
  readonly stays: string;
  /** Variable: the ids of the data rows. */
  readonly rowIds: string;
  /** The path of a field inside a record, with the dot before it. */
  readonly path: string;
}

/** Names for an entry that nothing else in a transaction has. Pure. */
export function namesOf({ id, path = [] }: QuarantineEntry): EntryNames {
  return {
    header: headerOf(id),
    rows: entryRows(id),
    back: backRows(id),
    stays: `$__surql_restore_${id}_stays`,
    rowIds: `$__surql_restore_${id}_rows`,
    path: path.map((name) => `.\`${name.replace(/[\\`]/g, String.raw`\$&`)}\``).join(""),
  };
}
