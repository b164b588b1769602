import { toSurqlString } from "surrealdb";
import type { Observation } from "./observe.ts";
import { isWider } from "./read-permissions.ts";

/** What was there before and is not there after, each in a few words. Only these words are compared with a verdict. */
export function findLosses(before: Observation, after: Observation): readonly string[] {
  const losses: string[] = [];
  for (const object of before.objects) {
    if (!after.objects.has(object)) losses.push(`${object} is gone`);
  }
  for (const [object, state] of before.states) {
    const now = after.states.get(object);
    if (now !== undefined && now !== state) losses.push(`${object} was ${state} and is ${now}`);
  }
  const records = valuesOf(after);
  for (const [id, values] of valuesOf(before)) {
    const now = records.get(id);
    if (now === undefined) losses.push(`record ${id} is gone`);
    for (const [field, value] of now === undefined ? [] : values) {
      const other = now?.get(field);
      if (other === undefined) losses.push(`${id}.${field} = ${value} is gone`);
      else if (other !== value) losses.push(`${id}.${field} = ${value} became ${other}`);
    }
  }
  for (const write of before.writes) {
    const [id = ""] = write.split(" SET ");
    const isThere = records.has(id);
    if (isThere && !after.writes.has(write)) losses.push(`UPDATE ${write} is refused now`);
  }
  for (const [object, permission] of before.permissions) {
    const now = after.permissions.get(object);
    if (now !== undefined && isWider(permission, now)) {
      losses.push(`the permission of ${object} was ${permission} and is ${now}`);
    }
  }
  return losses;
}

/** The stored values by record id and field, each as SurrealQL. */
function valuesOf({ rows }: Observation): ReadonlyMap<string, ReadonlyMap<string, string>> {
  return new Map(
    [...rows.values()]
      .flat()
      .map((row) => [
        String(row.id),
        new Map(Object.entries(row).map(([field, value]) => [field, toSurqlString(value)])),
      ]),
  );
}
