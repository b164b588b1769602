import type { Database } from "@surql/connection";
import { isView, tablesOf, type Schema } from "@surql/snapshot";
import { quoteIdentifier } from "@surql/surrealql";

/** The records of each table as sorted texts, without what is another one each time: generated ids, times, random UUIDs. */
export type RecordTexts = ReadonlyMap<string, readonly string[]>;

/** Reads the records of all tables; those of views are computed, and not always rightly (docs/engine.md). */
export async function readRecords(db: Database, schema: Schema): Promise<RecordTexts> {
  const texts = new Map<string, readonly string[]>();
  for (const [table, { definition }] of tablesOf(schema)) {
    if (isView(definition)) continue;
    const [rows] = await db.query(`SELECT * FROM ${quoteIdentifier(table)}`);
    texts.set(
      table,
      (rows as readonly unknown[]).map((row) => JSON.stringify(plain(row))).toSorted(),
    );
  }
  return texts;
}

/** The tables whose records are not alike, each with one that only one side has. Pure. */
export function compareRecords(
  originals: RecordTexts,
  squashed: RecordTexts,
  isCompared: (table: string) => boolean,
): readonly string[] {
  return [...originals].flatMap(([table, rows]) => {
    const others = squashed.get(table) ?? [];
    if (!isCompared(table) || JSON.stringify(rows) === JSON.stringify(others)) return [];
    const known = new Set(others);
    const lost = rows.find((row) => !known.has(row)) ?? "no other";
    return [
      `${table}: ${rows.length} records of the originals, ${others.length} of the squash; only the originals leave ${lost}`,
    ];
  });
}

const volatile = new Set(["Date", "DateTime", "Uuid"]);

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  const kind = value.constructor?.name ?? "Object";
  if (volatile.has(kind)) return kind;
  // The client's own types have texts of their own; keys that the engine makes are twenty small letters and digits.
  if (kind !== "Object")
    return (value as { toString(): string })
      .toString()
      .replace(/^([^:]*):⟨?[a-z0-9]{20}⟩?$/, "$1:*");
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => [key, plain(item)]),
  );
}
