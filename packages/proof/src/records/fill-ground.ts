import type { Database } from "@surql/connection";
import type { Schema } from "@surql/snapshot";
import { quoteIdentifier } from "@surql/surrealql";
import { fillTables, type Filling, type FillOptions } from "./fill-tables.ts";

/** Makes records in an engine that holds a schema. No event is set off by that. */
export async function fillGround(
  scratch: Database,
  schema: Schema,
  options: FillOptions,
): Promise<Filling> {
  const tables = [...Object.entries(schema.tables), ...Object.entries(schema.edges)];
  if (tables.length === 0 || options.records === 0) return { records: 0, unfilled: [] };
  const events = tables.flatMap(([table, captured]) =>
    Object.entries(captured.events).map(([name, definition]) => ({ table, name, definition })),
  );
  if (events.length === 0) return fillTables(scratch, schema, options);
  await scratch.transact(
    events.map(({ table, name }) => ({
      text: `REMOVE EVENT ${quoteIdentifier(name)} ON ${quoteIdentifier(table)}`,
    })),
  );
  const filling = await fillTables(scratch, schema, options);
  await scratch.transact(events.map(({ definition }) => ({ text: definition })));
  return filling;
}
