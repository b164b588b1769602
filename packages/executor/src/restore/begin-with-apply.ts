import type { QuarantineEntry } from "@surql/history";
import type { Company } from "../run/run-parts.ts";
import { namesOf } from "./entry-names.ts";
import { staysWhen, writtenSince } from "./find-written.ts";
import { beginRestore, hashOf, letComputed, nowOf, backRow } from "./restore-batch-scripts.ts";
import { bindTo } from "./restore-script.ts";
import type { RestoreRule } from "./restore-rule.ts";

/**
 * What begins a restore in batches in the transaction of the migration that it comes back with: the journal, and what the
 * migration's own statements have written, which does not count as written since as long as it is as they left it. Pure.
 */
export function beginWithApply(
  entries: readonly QuarantineEntry[],
  rule: RestoreRule,
  version: string,
): Company {
  return {
    opening: entries.map((entry) =>
      bindTo(entry, [`LET ${namesOf(entry).stays} = ${writtenSince(entry, rule)}`]),
    ),
    closing: entries.map((entry) =>
      bindTo(entry, [...beginRestore(entry, rule, version), ...rememberOwn(entry, rule)]),
    ),
  };
}

/** Into back rows, with a hash of each: only where there is something. */
function rememberOwn(entry: QuarantineEntry, rule: RestoreRule): readonly string[] {
  const condition = staysWhen(entry, rule);
  if (condition === undefined) return [];
  const { stays, rowIds, rows } = namesOf(entry);
  return [
    letComputed(entry),
    `LET ${rowIds} = (SELECT VALUE id FROM ${rows})`,
    `FOR $row IN ${rowIds} { LET $own = $row.items.filter(|$item| ${stays}[<string>$item.id] = NONE)` +
      `.filter(|$item| ${condition}).map(|$item| [<string>$item.id, ${hashOf(entry, nowOf(entry, "$item.id"))}]); ` +
      `IF array::len($own) > 0 { CREATE ${backRow(entry, "record::id($row)[1]")} ` +
      "CONTENT { own: object::from_entries($own) } RETURN NONE } }",
  ];
}
