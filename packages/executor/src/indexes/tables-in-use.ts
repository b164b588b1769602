import type { Database } from "@surql/connection";

/** What there is under the names of some tables. */
export interface TablesInUse {
  /** The tables that exist. */
  readonly defined: ReadonlySet<string>;
  /** Those of them that hold records. */
  readonly filled: ReadonlySet<string>;
}

/** Says which of these tables exist, and which hold records: in two round trips, however many they are. */
export async function readTablesInUse(
  db: Database,
  tables: readonly string[],
): Promise<TablesInUse> {
  if (tables.length === 0) return { defined: new Set(), filled: new Set() };
  const [info] = await db.query("INFO FOR DB");
  const known = (info as { readonly tables: Readonly<Record<string, string>> }).tables;
  const defined = new Set(tables.filter((table) => Object.hasOwn(known, table)));
  const [filled] = await db.query(
    "RETURN $tables.filter(|$table| (SELECT VALUE id FROM type::table($table) LIMIT 1) != [])",
    { tables: [...defined] },
  );
  return { defined, filled: new Set(filled as readonly string[]) };
}
