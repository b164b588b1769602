import type { RollbackIssue } from "@surql/safety-analyzer";
import type { PlannedKeep } from "./planned-keep.ts";

/**
 * Says of each issue whose loss is kept that it is, in place of the advice to keep it by hand. Levels stay as they
 * are. Pure.
 */
export function sayKept(
  issues: readonly RollbackIssue[],
  kept: readonly PlannedKeep[],
): readonly RollbackIssue[] {
  return issues.map((issue) => {
    const remark = kept.some((one) => covers(one, issue)) ? remarks.get(issue.code) : undefined;
    if (remark === undefined) return issue;
    const { recommendation: _, ...rest } = issue;
    return { ...rest, description: `${issue.description} ${remark}` };
  });
}

const remarks: ReadonlyMap<string, string> = new Map([
  ["table_removed", "Its records are kept in the quarantine."],
  ["field_removed", "Its values are kept in the quarantine."],
  [
    "writes_blocked",
    "What is in the way is kept in the quarantine and taken out, so that the records can be written.",
  ],
  ["records_deleted", "They are kept in the quarantine."],
  ["records_changed", "They are kept in the quarantine as they were."],
]);

function covers(
  { migration, kind, table, field, of, cleans }: PlannedKeep,
  { code, object, migration: blamed }: RollbackIssue,
): boolean {
  if (migration !== blamed || object === undefined || of !== undefined) return false;
  if (kind === "field") {
    const isOfField = code === "field_removed" || code === "writes_blocked";
    return isOfField && object.kind === "field" && object.table === table && object.name === field;
  }
  if (object.kind !== "table" || object.name !== table) return false;
  // A table that code removes is seen to be gone by the image that was taken of it.
  if (code === "writes_blocked") return cleans === true;
  return code === "table_removed" || (kind === "records" && code.startsWith("records_"));
}
