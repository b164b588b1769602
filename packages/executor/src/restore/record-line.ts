import type { QuarantineEntry } from "@surql/history";
import { readLiteral, writeLiteral, type TypedJson } from "@surql/surrealql";
import { unreadableLine, unwritableRecord } from "./file-errors.ts";

/** What a line of a file of records is of. */
export type LineHead = Pick<
  QuarantineEntry,
  "kind" | "migration" | "table" | "field" | "path" | "of"
>;

/** A line that was read. */
export interface RecordLine {
  readonly head: LineHead;
  readonly isEdge: boolean;
  /** The item of a data row of the quarantine, as SurrealQL. */
  readonly item: string;
}

/**
 * Writes a kept record or value as one line of JSON, with types (docs/formats.md). Pure.
 *
 * @param item As the engine writes it: a record, `{ id, value }` or `{ id, value, left }`.
 * @throws `EXECUTOR.UNWRITABLE_RECORD` for a value that cannot be written down.
 */
export function writeRecordLine(
  { kind, migration, table, field, path, of }: LineHead,
  item: string,
  isEdge: boolean,
): string {
  const value = readLiteral(item);
  if (value === undefined) throw unwritableRecord(table, item);
  const head = {
    kind,
    migration,
    table,
    ...(field !== undefined && { field, path }),
    ...(of !== undefined && { of }),
    ...(isEdge && { edge: true }),
  };
  return JSON.stringify({ ...head, ...contentOf(kind, value) });
}

function contentOf(kind: LineHead["kind"], value: TypedJson): Readonly<Record<string, TypedJson>> {
  const isWhole = kind === "table" || kind === "edges";
  return isWhole ? { record: value } : (value as Readonly<Record<string, TypedJson>>);
}

const kinds: readonly unknown[] = ["table", "edges", "field", "records"];

/**
 * Reads such a line. What it gives is a value, whatever stands in the file: nothing of it runs. Pure.
 *
 * @param where The file and the line, for the error.
 * @throws `EXECUTOR.INVALID_RECORD_FILE`.
 */
export function readRecordLine(text: string, where: string): RecordLine {
  const { kind, migration, table, field, path, of, edge, record, id, value, left } = parse(
    text,
    where,
  );
  const isNamed =
    kinds.includes(kind) && typeof migration === "string" && typeof table === "string";
  const isPlaced = kind !== "field" || (typeof field === "string" && isPath(path));
  const isWhole = kind === "table" || kind === "edges";
  const item = writeLiteral(isWhole ? record : { id, value, ...(left !== undefined && { left }) });
  if (!isNamed || !isPlaced || item === undefined || !isRecordId(isWhole ? idOf(record) : id)) {
    throw unreadableLine(where, "It is no record as surql writes it.");
  }
  const head = { kind, migration, table, field, path, of } as LineHead;
  return { head, isEdge: edge === true, item };
}

function parse(text: string, where: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null)
      return value as Readonly<Record<string, unknown>>;
  } catch {
    // Told below.
  }
  throw unreadableLine(where, "It is no JSON object.");
}

function isPath(path: unknown): boolean {
  return Array.isArray(path) && path.length > 0 && path.every((name) => typeof name === "string");
}

function idOf(record: unknown): unknown {
  return (record as { readonly id?: unknown } | null | undefined)?.id;
}

function isRecordId(id: unknown): boolean {
  return typeof id === "object" && id !== null && "$record" in id;
}
