import { computedFields, pictureOf, type Picture, type PictureRow } from "@surql/executor";
import {
  isView,
  ownedTables,
  schemaOf,
  tablesOf,
  type DatabaseInfo,
  type Schema,
} from "@surql/snapshot";

/** Everything in a scratch engine, as `runAtOnce` looks at it. */
export interface Looked {
  readonly db: DatabaseInfo["db"];
  readonly tables: readonly (readonly [
    name: string,
    info: Readonly<Record<string, unknown>>,
    rows: readonly PictureRow[],
  ])[];
}

/** Makes a picture of what was seen; `undefined` where it cannot be told what is stored and what only computed. Pure. */
export function readPicture(looked: Looked): Picture | undefined {
  const tables = looked.tables.map(([name, info]) => [name, info] as const);
  const schema = readSchema({ db: looked.db, tables });
  const isComputed = [...tablesOf(schema)].some(
    ([, table]) => !isView(table.definition) && computedFields(table).length > 0,
  );
  if (isComputed) return undefined;
  return pictureOf(schema, new Map(looked.tables.map(([name, , rows]) => [name, rows])));
}

/** The schema in what INFO answered, without surql's own tables. */
export function readSchema({ db, tables }: DatabaseInfo): Schema {
  return schemaOf({ db, tables: tables.filter(([name]) => !ownedTables.includes(name)) });
}
