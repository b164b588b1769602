import type { Schema, TableSnapshot } from "@surql/snapshot";

/** A table or an edge of a schema. */
export function tableIn({ tables, edges }: Schema, name: string): TableSnapshot | undefined {
  if (Object.hasOwn(tables, name)) return tables[name];
  return Object.hasOwn(edges, name) ? edges[name] : undefined;
}

/** Whether a field is another one or belongs to it: `tags.*` is within `tags`. */
export function isWithin(field: string, outer: string): boolean {
  return field === outer || field.startsWith(`${outer}.`) || field.startsWith(`${outer}[`);
}
