import { changeOf, compareDefinitions } from "./compare-definitions.ts";
import type { Subject } from "./compare-definitions.ts";
import type { SchemaChange, SchemaDifference } from "./difference.ts";
import { kindOf, nameObject } from "./object-kinds.ts";
import { memberPath, tablePath } from "./object-path.ts";
import { pairs } from "./pairs.ts";
import type { Definitions, SchemaSnapshot, TableSnapshot } from "./snapshot.ts";

/**
 * Says what turns the schema of one snapshot into that of another: every object that was added, removed or
 * modified, down to the attribute. Whatever is removed or added with its table is listed by itself too.
 *
 * Tables and edges share their names: a table that became a relation is modified. Of a table that the engine
 * refused to show in one of the snapshots, only the table itself is compared.
 *
 * @returns Changes sorted by path, then kind. `compareSnapshots(b, a)` is the mirror of `compareSnapshots(a, b)`.
 * @example
 * ```ts
 * const { changes } = compareSnapshots(before, after);
 * // [{ change: "modified", kind: "field", table: "user", name: "bio", path: "user.bio", …,
 * //    attributes: [{ attribute: "type", before: "string", after: "option<string>" }] }]
 * ```
 */
export function compareSnapshots(before: SchemaSnapshot, after: SchemaSnapshot): SchemaDifference {
  const changes: SchemaChange[] = [];
  for (const [name, old, now] of pairs(tablesOf(before), tablesOf(after))) {
    changes.push(...compareTables(tableSubject(name, before, after), old, now));
  }
  for (const [key, old = {}, now = {}] of pairs(before.objects, after.objects)) {
    changes.push(...compareDefinitions(old, now, (name) => nameObject(key, name)));
  }
  changes.sort(byPathThenKind);
  return { from: before.version, to: after.version, identical: changes.length === 0, changes };
}

function tablesOf({ tables, edges }: SchemaSnapshot): Readonly<Record<string, TableSnapshot>> {
  return { ...tables, ...edges };
}

/** An edge is what is no table on either side: so it is called the same from both. */
function tableSubject(name: string, before: SchemaSnapshot, after: SchemaSnapshot): Subject {
  const isTable = Object.hasOwn(before.tables, name) || Object.hasOwn(after.tables, name);
  return { kind: isTable ? "table" : "edge", name, path: tablePath(name) };
}

function compareTables(
  subject: Subject,
  before: TableSnapshot | undefined,
  after: TableSnapshot | undefined,
): readonly SchemaChange[] {
  const own = compareOwn(subject, before, after);
  if (before?.unreadable !== undefined || after?.unreadable !== undefined) return own;
  const members = [...pairs(membersOf(before), membersOf(after))].flatMap(
    ([key, old = {}, now = {}]) =>
      compareDefinitions(old, now, (name) => memberOf(subject.name, key, name)),
  );
  return [...own, ...members];
}

/** The table itself, without what belongs to it. */
function compareOwn(
  subject: Subject,
  before: TableSnapshot | undefined,
  after: TableSnapshot | undefined,
): readonly SchemaChange[] {
  const readAlike = before?.unreadable === after?.unreadable;
  if (before === undefined || after === undefined || readAlike) {
    const isEqual = before?.definition === after?.definition;
    return isEqual ? [] : [changeOf(subject, before?.definition, after?.definition)];
  }
  const change = changeOf(subject, before.definition, after.definition);
  const unreadable = {
    attribute: "unreadable",
    before: before.unreadable,
    after: after.unreadable,
  };
  return [{ ...change, attributes: [...(change.attributes ?? []), unreadable] }];
}

function membersOf(table: TableSnapshot | undefined): Readonly<Record<string, Definitions>> {
  if (table === undefined) return {};
  const { fields, indexes, events, other } = table;
  return { ...other, fields, indexes, events };
}

function memberOf(table: string, key: string, name: string): Subject {
  const kind = kindOf(key);
  return { kind, table, name, path: memberPath(table, kind, name) };
}

function byPathThenKind(a: SchemaChange, b: SchemaChange): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.kind < b.kind ? -1 : Number(a.kind > b.kind);
}
