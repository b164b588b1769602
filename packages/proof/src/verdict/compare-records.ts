import type { Picture, PicturedRecord } from "@surql/executor";
import { quoteIdentifier, readLiteral, type TypedJson } from "@surql/surrealql";
import type { RecordChange } from "../proof.ts";

type Records = Picture["records"];
type Change = Pick<RecordChange, "table" | "field" | "change" | "records">;

const nothing: ReadonlyMap<string, PicturedRecord> = new Map();

/** Which records of which fields differ, by table and field. Pure. */
export function compareRecords(before: Records, after: Records): readonly Change[] {
  const counted = new Map<string, Change>();
  const count = (table: string, field: string | undefined, change: Change["change"]): void => {
    const key = JSON.stringify([table, field ?? null, change]);
    const records = (counted.get(key)?.records ?? 0) + 1;
    counted.set(key, { table, ...(field !== undefined && { field }), change, records });
  };
  for (const table of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(table) ?? nothing;
    const now = after.get(table) ?? nothing;
    for (const [id, one] of old) {
      const other = now.get(id);
      if (other === undefined) count(table, undefined, "lost");
      else for (const [field, change] of recordChanges(one, other)) count(table, field, change);
    }
    for (const id of now.keys()) if (!old.has(id)) count(table, undefined, "added");
  }
  return [...counted.values()].toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey({ table, field = "", change }: Change): string {
  return `${table}\0${field}\0${change}`;
}

type FieldChange = readonly [field: string | undefined, change: Change["change"]];

function recordChanges(before: PicturedRecord, after: PicturedRecord): readonly FieldChange[] {
  if (before.text === after.text) {
    return before.edges === after.edges ? [] : [["->", "changed"]];
  }
  const [old, now] = [readLiteral(before.text), readLiteral(after.text)];
  const changes = fieldChanges(asFields(old), asFields(now), "");
  // What cannot be read apart is different all the same.
  return changes.length > 0 ? changes : [[undefined, "changed"]];
}

type Fields = Readonly<Record<string, TypedJson>>;

function fieldChanges(before: Fields, after: Fields, path: string): readonly FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name): readonly FieldChange[] => {
    const field = `${path}${quoteIdentifier(name)}`;
    const old = own(before, name);
    const now = own(after, name);
    if (isNone(old) || isNone(now)) {
      if (isNone(old) && isNone(now)) return [];
      return [[field, isNone(now) ? "lost" : "added"]];
    }
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const inner = isPlain(old) && isPlain(now) ? fieldChanges(old, now, `${field}.`) : [];
    return inner.length > 0 ? inner : [[field, "changed"]];
  });
}

function own(fields: Fields, name: string): TypedJson | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function isNone(value: TypedJson | undefined): boolean {
  return value === undefined || (isFields(value) && "$none" in value);
}

function isPlain(value: TypedJson | undefined): value is Fields {
  return isFields(value) && !Object.keys(value).some((key) => key.startsWith("$"));
}

function isFields(value: TypedJson | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asFields(value: TypedJson | undefined): Fields {
  if (!isFields(value)) return {};
  const inner = value["$object"];
  return isFields(inner) ? inner : value;
}
