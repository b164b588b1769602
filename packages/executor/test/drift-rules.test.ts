import { expect, test } from "vitest";
import type { SchemaChange } from "@surql/snapshot";
import { applyDriftRules } from "../src/index.ts";

type Change = SchemaChange["change"];

/** A change as a difference tells it. */
function changed(change: Change, kind: string, path: string, table?: string): SchemaChange {
  const name = table === undefined ? path : path.slice(table.length + 1);
  return { change, kind, name, path, ...(table !== undefined && { table }) };
}

const changes = [
  changed("modified", "table", "user"),
  changed("added", "field", "user.tmp_a", "user"),
  changed("added", "field", "user.tmp_a.*", "user"),
  changed("removed", "index", "user.by_tmp_a", "user"),
  changed("added", "table", "tmp_import"),
  changed("added", "field", "tmp_import.at", "tmp_import"),
  changed("added", "function", "fn::debug::dump"),
  changed("removed", "param", "$limit"),
  changed("modified", "access", "access account"),
  changed("added", "table", "`my.table`"),
];

test.each<[string, Change | undefined, readonly string[]]>([
  ["user", undefined, ["user"]],
  ["user.*", undefined, ["user.tmp_a", "user.tmp_a.*", "user.by_tmp_a"]],
  ["user.tmp_*", undefined, ["user.tmp_a", "user.tmp_a.*"]],
  ["*.*tmp_a", "removed", ["user.by_tmp_a"]],
  ["tmp_*", undefined, ["tmp_import", "tmp_import.at"]],
  ["tmp_*", "removed", []],
  ["*", undefined, ["user", "tmp_import", "tmp_import.at", "`my.table`"]],
  ["`my.*`", undefined, ["`my.table`"]],
  ["my*", undefined, []],
  ["fn::debug::*", undefined, ["fn::debug::dump"]],
  ["fn::*", undefined, ["fn::debug::dump"]],
  ["$*", undefined, ["$limit"]],
  ["$limits", undefined, []],
  ["access *", undefined, ["access account"]],
  ["user *", undefined, []],
])("a rule for %s (%s) covers %j", (path, change, covered) => {
  const judged = applyDriftRules(changes, [{ path, change, reason: "ours" }]);
  expect(judged.ignored.map((one) => one.path)).toEqual(covered);
  expect(judged.ignored.every((one) => one.rule === path && one.reason === "ours")).toBe(true);
  expect(judged.changes).toEqual(changes.filter((one) => !covered.includes(one.path)));
});
