import { isDeepStrictEqual } from "node:util";
import type { Observation } from "./observe-database.ts";

/** Something that was there and is not there any more. */
export interface Loss {
  /** The table, or the object beside the tables. */
  readonly of: string;
  readonly what: string;
}

/** All that a rollback took away: objects, fields, records, values, writes that were possible, privacy. */
export function findLosses(before: Observation, after: Observation): readonly Loss[] {
  const losses: Loss[] = [];
  for (const object of before.objects) {
    if (!after.objects.has(object)) losses.push({ of: object, what: `${object} is gone` });
  }
  for (const [of, table] of before.tables) {
    const add = (what: string): void => void losses.push({ of, what });
    const now = after.tables.get(of);
    if (now === undefined) add(`${of} is gone`);
    for (const field of table.fields) {
      if (now && !now.fields.has(field)) add(`${of}.${field} is gone`);
    }
    for (const [id, record] of table.records) {
      const rest = now?.records.get(id);
      if (rest === undefined) {
        add(`${id} is gone`);
        continue;
      }
      for (const [field, value] of Object.entries(record)) {
        if (!isDeepStrictEqual(rest[field], value)) add(`${id}.${field} changed`);
      }
      if (table.updated.has(id) && !now!.updated.has(id)) add(`${id} cannot be updated`);
    }
    for (const frozen of now?.frozen ?? []) {
      if (!table.frozen.has(frozen)) add(`${frozen} cannot be changed`);
    }
    if (now?.discards && !table.discards) add(`writes to ${of} are discarded`);
  }
  for (const path of widened(before, after)) losses.push({ of: path, what: `${path} is open` });
  return losses;
}

/** What somebody may do now who could not do it before, or only under another condition. */
export function widened(before: Observation, after: Observation): readonly string[] {
  return [...before.permissions].flatMap(([path, rule]) => {
    const now = after.permissions.get(path);
    const isWider = now !== undefined && rule !== true && now !== false && rule !== now;
    return isWider ? [path] : [];
  });
}
