import type { Database } from "@surql/connection";
import {
  listQuarantine,
  readUncheckedIndexes,
  readUnfinished,
  restoresHalfWay,
} from "@surql/history";
import type { Repair } from "./repair.ts";

/**
 * Finds what interruptions left behind. Reads; changes nothing.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * for (const repair of await findRepairs(db)) console.log(repair.kind);
 * ```
 */
export async function findRepairs(db: Pick<Database, "query">): Promise<readonly Repair[]> {
  const unfinished = await readUnfinished(db);
  const indexes = await readUncheckedIndexes(db);
  const entries = await listQuarantine(db);
  const begun = entries.filter(({ state, imported }) => state === "keeping" && imported !== true);
  return [
    ...[...unfinished.values()].map((progress): Repair => {
      const kind = progress.unsettled === undefined ? "migration" : "statement";
      return { kind, ...progress };
    }),
    ...indexes.map(({ table, name, inBackground }): Repair => ({
      kind: "index",
      table,
      name,
      inBackground,
    })),
    ...begun.map(({ id, migration, table, field, count }): Repair => {
      const named = field === undefined ? {} : { field };
      return { kind: "keeping", entry: id, migration, table, ...named, count };
    }),
    ...restoresHalfWay(entries).map((half): Repair => ({ kind: "restoring", ...half })),
  ];
}
