import type { RollbackIssue } from "@surql/safety-analyzer";
import type { Contents } from "./read-contents.ts";

/**
 * The exact numbers of a verdict on one statement, or with one issue, that are not what the engine shows.
 *
 * @param before The copy before the plan ran there.
 * @param after The copy after it.
 */
export function wrongNumbers(
  issues: readonly RollbackIssue[],
  before: Contents,
  after: Contents,
): readonly string[] {
  // Code that is set off may add and take away other records than the statement says.
  if (issues.some(({ code }) => code === "side_effects" || code === "unknown")) return [];
  return issues.flatMap((issue) => {
    const { code, object, impact } = issue;
    const shown = shownNumber(issue, before, after);
    if (impact?.exact !== true || shown === undefined || shown === impact.records) return [];
    const path = [object?.table, object?.name].filter(Boolean).join(".");
    return [`${code} of ${path} says ${impact.records}, the engine shows ${shown}`];
  });
}

function shownNumber(
  { code, object }: RollbackIssue,
  before: Contents,
  after: Contents,
): number | undefined {
  const { name = "", table = name } = object ?? {};
  const rows = before.rows.get(table);
  const left = after.rows.get(table);
  const isUnreadable = left === undefined && after.objects.has(table);
  if (rows === undefined || isUnreadable) return undefined;
  if (code === "field_removed") {
    const isGone = !after.objects.has(`${table}.${name}`);
    if (!isGone || !/^\w+$/.test(name)) return undefined;
    // What was stored stays stored; what was computed is not shown any more.
    const holding = new Set(
      left?.filter((row) => row[name] !== undefined).map(({ id }) => String(id)),
    );
    return rows.filter(({ id }) => holding.has(String(id))).length;
  }
  if (code === "table_removed" && after.objects.has(table)) return undefined;
  if (code !== "table_removed" && code !== "records_deleted") return undefined;
  const ids = new Set(left?.map(({ id }) => String(id)));
  return rows.filter(({ id }) => !ids.has(String(id))).length;
}
