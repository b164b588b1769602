import { fieldParts, type Schema, type TableSnapshot } from "@surql/snapshot";
import { unquoteIdentifier } from "@surql/surrealql";

/** A table or an edge of a schema. */
export function tableIn({ tables, edges }: Schema, name: string): TableSnapshot | undefined {
  if (Object.hasOwn(tables, name)) return tables[name];
  return Object.hasOwn(edges, name) ? edges[name] : undefined;
}

/** Whether a field is another one or belongs to it: `tags.*` is within `tags`. */
export function isWithin(field: string, outer: string): boolean {
  const parts = fieldParts(field).map(unquoteIdentifier);
  return (
    fieldParts(outer).every((part, at) => parts[at] === unquoteIdentifier(part)) ||
    field.startsWith(`${outer}[`)
  );
}
