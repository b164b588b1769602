import { isDeepStrictEqual } from "node:util";
import type { Expected, ExpectedIssue } from "./case-folder.ts";
import { widened } from "./find-losses.ts";
import type { Observation } from "./observe-database.ts";
import { holdsValue } from "./holds-value.ts";

/** What the engine showed, and what it should have shown. */
export interface Evidence {
  readonly before: Observation;
  readonly after: Observation;
  readonly expected: Expected;
}

/** In what the effects of a rollback that ran differ from what the issues promise, numbers included. */
export function effectDifferences(evidence: Evidence): readonly string[] {
  return [
    ...evidence.expected.issues.flatMap((issue) => differences(issue, evidence)),
    ...uncountedRefusals(evidence),
  ];
}

type Check = (issue: ExpectedIssue, evidence: Evidence) => readonly string[];

const checks: Readonly<Record<string, Check>> = {
  table_removed: tableRemoved,
  field_removed: fieldRemoved,
  records_deleted: recordsDeleted,
  records_changed: recordsChanged,
  field_type_changed: writesRefused,
  constraint_narrowed: writesRefused,
  writes_blocked: writesRefused,
  writes_discarded: ({ object }, { after }) =>
    after.tables.get(object!.name)?.discards === true ? [] : [`${object!.name} keeps its writes`],
  access_widened: accessWidened,
};

function differences(issue: ExpectedIssue, evidence: Evidence): readonly string[] {
  const found = checks[issue.code]?.(issue, evidence) ?? [];
  if (issue.mayNotHappen === undefined) return found;
  return found.length > 0 ? [] : [`${issue.code} of ${issue.object?.name} happened`];
}

function tableRemoved({ object, impact }: ExpectedIssue, { before, after }: Evidence) {
  const { name } = object!;
  const records = [...(before.tables.get(name)?.records.keys() ?? [])];
  const rest = records.filter((id) => after.tables.get(name)?.records.has(id));
  return [
    ...count(`records of ${name}`, records.length, impact),
    ...(rest.length > 0 ? [`${rest.join(", ")} is still there`] : []),
  ];
}

function fieldRemoved({ object, impact }: ExpectedIssue, { before, after }: Evidence) {
  const { table, name } = object!;
  const records = [...(before.tables.get(table!)?.records.values() ?? [])];
  const isComputed = before.tables.get(table!)?.computed.has(name) === true;
  const values = isComputed ? [] : records.filter((row) => holdsValue(row, name));
  return [
    ...count(`values of ${table}.${name}`, values.length, impact),
    ...(after.tables.get(table!)?.fields.has(name) ? [`${table}.${name} is still there`] : []),
  ];
}

function recordsDeleted({ object, impact }: ExpectedIssue, { before, after, expected }: Evidence) {
  if (object === undefined) return [];
  const { name } = object;
  const ids = [...(before.tables.get(name)?.records.keys() ?? [])];
  const gone = ids.filter((id) => after.tables.get(name)?.records.has(id) !== true);
  return amongAll(`deleted records of ${name}`, gone.length, impact, alike(expected, name));
}

function recordsChanged(issue: ExpectedIssue, evidence: Evidence) {
  const { object, impact } = issue;
  if (object === undefined) return [];
  const { before, after, expected } = evidence;
  const { kind, table, name } = object;
  const owner = kind === "field" ? table! : name;
  const rows = [...(before.tables.get(owner)?.records ?? [])];
  const now = after.tables.get(owner);
  // Another VALUE or COMPUTED shows at the next update.
  const changed = rows.filter(([id, row]) => {
    const updated = now?.updated.get(id);
    return kind === "field"
      ? updated !== undefined && !isDeepStrictEqual(updated[name], row[name]) && name in row
      : !isDeepStrictEqual(now?.records.get(id), row);
  });
  const others = expected.issues.filter(
    (one) => one.code === issue.code && one.object?.name === name,
  );
  return amongAll(`changed records of ${name}`, changed.length, impact, others);
}

const refusing = new Set(["field_type_changed", "constraint_narrowed", "writes_blocked"]);

function writesRefused({ object, impact }: ExpectedIssue, evidence: Evidence) {
  const owner = object!.table ?? object!.name;
  const refused = refusedRecords(owner, evidence);
  return amongAll(`refused records of ${owner}`, refused.length, impact, refusals(owner, evidence));
}

/** The issues that count records of a table whose next write is refused. */
function refusals(table: string, { expected }: Evidence): readonly ExpectedIssue[] {
  return expected.issues.filter(
    ({ code, object }) => refusing.has(code) && (object?.table ?? object?.name) === table,
  );
}

/** Records whose next write was possible and is refused now. */
function refusedRecords(table: string, { before, after }: Evidence): readonly string[] {
  const was = before.tables.get(table);
  const now = after.tables.get(table);
  return [...(was?.records.keys() ?? [])].filter((id) => {
    if (now?.records.has(id) !== true) return false;
    const isFrozen = [...now.frozen].some(
      (one) => one.startsWith(`${id} `) && !was!.frozen.has(one),
    );
    return isFrozen || (was!.updated.has(id) && !now.updated.has(id));
  });
}

function uncountedRefusals(evidence: Evidence): readonly string[] {
  return [...evidence.before.tables.keys()].flatMap((table) => {
    const found = refusedRecords(table, evidence);
    const isSaid = evidence.expected.issues.some(
      ({ code, says = [] }) =>
        code === "dependency_broken" && says.some((user) => user.startsWith(`${table}.`)),
    );
    return found.length > 0 && !isSaid && refusals(table, evidence).length === 0
      ? [`${found.join(", ")} cannot be written any more`]
      : [];
  });
}

function accessWidened({ object }: ExpectedIssue, { before, after }: Evidence) {
  const { kind, table, name } = object!;
  const path = kind === "param" ? `$${name}` : [table, name].filter(Boolean).join(".");
  const isOpen = widened(before, after).some((one) => one === path || one.startsWith(`${path} `));
  // What a function answers does not show in the condition that asks it.
  const asksCode = [...after.permissions].some(
    ([one, rule]) => one.startsWith(path) && String(rule).includes("fn::"),
  );
  const isGone = kind === "field" && after.tables.get(table!)?.fields.has(name) === false;
  return isOpen || isGone || asksCode ? [] : [`${path} is as closed as before`];
}

function alike({ issues }: Expected, name: string): readonly ExpectedIssue[] {
  return issues.filter((one) => one.code === "records_deleted" && one.object?.name === name);
}

/** A number that is not exact is an upper bound. */
function count(what: string, found: number, impact: ExpectedIssue["impact"]): readonly string[] {
  const fits =
    impact === undefined || (impact.exact ? impact.records === found : impact.records >= found);
  return fits ? [] : [`${found} ${what}`];
}

/** One issue counts all; of several, none counts more than all, and together they count no fewer. */
function amongAll(
  what: string,
  found: number,
  impact: ExpectedIssue["impact"],
  issues: readonly ExpectedIssue[],
): readonly string[] {
  const sum = issues.reduce((all, one) => all + (one.impact?.records ?? 0), 0);
  const fits = impact === undefined || ((!impact.exact || impact.records <= found) && sum >= found);
  return fits ? [] : [`${found} ${what}`];
}
