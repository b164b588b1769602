import { quoteString, type TypeTree } from "@surql/surrealql";
import type { FieldNode } from "./field-tree.ts";
import { makeScalar } from "./make-value.ts";
import { randomFor } from "./random.ts";

/**
 * The key of a record, of every kind that the table takes: numbers, texts that need quotes, UUIDs, arrays, objects. Pure.
 *
 * @param id The field `id` of the table, where that is defined.
 */
export function recordKey(
  id: FieldNode | undefined,
  seed: number,
  table: string,
  record: number,
): string {
  const allowed = (id?.types ?? []).flatMap(kindOfKey);
  const kinds = allowed.length > 0 ? allowed : keyKinds;
  const kind = kinds[record % kinds.length] ?? "int";
  const random = randomFor(seed, table, "id", record);
  if (kind === "string") return `\`odd key ${record}\``;
  if (kind === "array") return `[${record}, ${quoteString(`k${record}`)}]`;
  if (kind === "object") return `{ a: ${record}, b: ${quoteString("k")} }`;
  return kind === "uuid"
    ? (makeScalar("uuid", random, record) ?? "1")
    : String(7_000_000_001 + record);
}

const keyKinds = ["int", "string", "array", "uuid", "object"] as const;

function kindOfKey(type: TypeTree): readonly (typeof keyKinds)[number][] {
  if (type.kind === "list" || type.kind === "tuple") return ["array"];
  if (type.kind === "fields") return ["object"];
  if (type.kind !== "named") return [];
  if (type.name === "number") return ["int"];
  return keyKinds.filter((kind) => kind === type.name);
}
