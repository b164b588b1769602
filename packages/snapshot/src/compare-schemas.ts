import { changeOf, compareDefinitions } from "./compare-definitions.ts";
import type { Subject } from "./compare-definitions.ts";
import type { SchemaChange } from "./difference.ts";
import { differences, holdSame } from "./differences.ts";
import { kindOf, nameObject } from "./object-kinds.ts";
import { memberPath, tablePath } from "./object-path.ts";
import type { Definitions, Schema, TableSnapshot } from "./snapshot.ts";

const none: Definitions = Object.freeze({});

/**
 * The changes between two schemas that have no version, as {@link compareSnapshots} lists them.
 *
 * @example
 * ```ts
 * const before = await captureSchema(db);
 * await db.query("REMOVE FIELD bio ON user");
 * compareSchemas(before, await captureSchema(db)); // [{ change: "removed", kind: "field", …, path: "user.bio", … }]
 * ```
 */
export function compareSchemas(before: Schema, after: Schema): readonly SchemaChange[] {
  const changes: SchemaChange[] = [];
  for (const [name, old, now] of differences(before.tables, after.tables, isSameTable)) {
    const subject = { kind: "table", name, path: tablePath(name) };
    changes.push(
      ...compareTables(subject, old ?? ownOf(before.edges, name), now ?? ownOf(after.edges, name)),
    );
  }
  for (const [name, old, now] of differences(before.edges, after.edges, isSameTable)) {
    if (ownOf(before.tables, name) ?? ownOf(after.tables, name)) continue;
    changes.push(...compareTables({ kind: "edge", name, path: tablePath(name) }, old, now));
  }
  for (const [key, old = {}, now = {}] of differences(before.objects, after.objects)) {
    changes.push(...compareDefinitions(old, now, (name) => nameObject(key, name)));
  }
  return changes.sort(byPathThenKind);
}

function ownOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** The quick way to tell, of what is the same, that it is. A table with objects of an unknown kind is looked into. */
function isSameTable(old: TableSnapshot, now: TableSnapshot): boolean {
  return (
    old.definition === now.definition &&
    old.unreadable === now.unreadable &&
    old.other === now.other &&
    holdSame(old.fields, now.fields) &&
    holdSame(old.indexes, now.indexes) &&
    holdSame(old.events, now.events)
  );
}

function compareTables(
  subject: Subject,
  before: TableSnapshot | undefined,
  after: TableSnapshot | undefined,
): readonly SchemaChange[] {
  const changes = [...compareOwn(subject, before, after)];
  if (before?.unreadable !== undefined || after?.unreadable !== undefined) return changes;
  const compareMembers = (key: string, old: Definitions = none, now: Definitions = none): void => {
    changes.push(...compareDefinitions(old, now, (name) => memberOf(subject.name, key, name)));
  };
  compareMembers("fields", before?.fields, after?.fields);
  compareMembers("indexes", before?.indexes, after?.indexes);
  compareMembers("events", before?.events, after?.events);
  for (const [key, old, now] of differences(before?.other ?? {}, after?.other ?? {})) {
    compareMembers(key, old, now);
  }
  return changes;
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

function memberOf(table: string, key: string, name: string): Subject {
  const kind = kindOf(key);
  return { kind, table, name, path: memberPath(table, kind, name) };
}

function byPathThenKind(a: SchemaChange, b: SchemaChange): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.kind < b.kind ? -1 : Number(a.kind > b.kind);
}
