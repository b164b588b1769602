import type { Picture, PicturedRecord } from "@surql/executor";
import { readLiteral, type TypedJson } from "@surql/surrealql";

/**
 * The tables whose records are not alike, each with one that only the originals leave. What is another one each time is taken for alike:
 * generated ids, times, random UUIDs. Pure.
 */
export function compareRecords(
  originals: Picture["records"],
  squashed: Picture["records"],
  isCompared: (table: string) => boolean,
): readonly string[] {
  return [...originals].flatMap(([table, records]) => {
    const [rows, others] = [textsOf(records), textsOf(squashed.get(table))];
    if (!isCompared(table) || JSON.stringify(rows) === JSON.stringify(others)) return [];
    const known = new Set(others);
    const lost = rows.find((row) => !known.has(row)) ?? "no other";
    return [
      `${table}: ${rows.length} records of the originals, ${others.length} of the squash; only the originals leave ${lost}`,
    ];
  });
}

/** Each record with its edges, as text without what is another one each time; sorted. */
function textsOf(records: ReadonlyMap<string, PicturedRecord> | undefined): readonly string[] {
  return [...(records?.values() ?? [])]
    .map(({ text, edges }) => `${steady(text)}${edgesIn(edges)}`)
    .toSorted();
}

/** In an order of their own, as that of generated ids is another one each time. */
function edgesIn(text: string): string {
  const both = readLiteral(text);
  if (!Array.isArray(both)) return text;
  const texts = both.map((some: TypedJson) =>
    Array.isArray(some) ? some.map((one: TypedJson) => JSON.stringify(plain(one))).toSorted() : [],
  );
  return texts.every((some) => some.length === 0) ? "" : ` ${JSON.stringify(texts)}`;
}

function steady(text: string): string {
  const value = readLiteral(text);
  return value === undefined ? text : JSON.stringify(plain(value));
}

/** Keys that the engine makes are twenty small letters and digits. */
const madeKey = /^[a-z0-9]{20}$/;

function plain(value: TypedJson): TypedJson {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  const { $record: link } = value as { readonly $record?: { readonly key?: TypedJson } };
  if (typeof link?.key === "string" && madeKey.test(link.key)) {
    return { $record: { ...link, key: "*" } };
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "$datetime" || name === "$uuid" ? "*" : plain(inner),
    ]),
  );
}
