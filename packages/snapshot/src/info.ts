/** What INFO answers: definitions by kind, then by name. */
export type Info = Readonly<Record<string, unknown>>;

/** A table and its INFO, or the reason for which the engine refused it. */
export type TableInfo = readonly [name: string, info: Info | string];

/** INFO of a database, and of each of its tables that is not ours. */
export interface DatabaseInfo {
  readonly db: Info;
  readonly tables: readonly TableInfo[];
  /** How many migrations are applied; `undefined` where that takes a question of its own. */
  readonly applied?: number | undefined;
}
