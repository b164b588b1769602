import type { Database } from "@surql/connection";
import { quoteIdentifier } from "@surql/surrealql";
import { askInHalves } from "./ask-in-halves.ts";
import { rowSource, type RowSource } from "./row-source.ts";

/** The tables that are asked about. */
export interface Sources {
  readonly readable: ReadonlyMap<string, RowSource>;
  /** Those that are not there. */
  readonly missing: ReadonlySet<string>;
}

/** Finds out which tables there are, and how large. One that the engine cannot read is in neither set. */
export async function findSources(
  db: Database,
  tables: ReadonlySet<string>,
  rowBudget: number,
): Promise<Sources> {
  if (tables.size === 0) return { readable: new Map(), missing: new Set() };
  const [info] = (await db.query("INFO FOR DB")) as readonly [{ tables: object }];
  const there = [...tables].filter((table) => Object.hasOwn(info.tables, table));
  const sizes = await askInHalves(
    db,
    there,
    (table) => `SELECT count() FROM ${quoteIdentifier(table)} GROUP ALL`,
  );
  return {
    readable: new Map(
      sizes.map(([table, result]) => [table, rowSource(table, totalIn(result), rowBudget)]),
    ),
    missing: new Set([...tables].filter((table) => !there.includes(table))),
  };
}

/** An empty table gives no row on 2.x. */
function totalIn(result: unknown): number {
  const [row] = result as readonly ({ readonly count: unknown } | undefined)[];
  return Number(row?.count ?? 0);
}
