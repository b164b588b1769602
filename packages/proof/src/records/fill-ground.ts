import type { Database } from "@surql/connection";
import { tablesOf, type Schema } from "@surql/snapshot";
import { quoteIdentifier } from "@surql/surrealql";
import { cutSchema } from "../schema/cut-schema.ts";
import { fillTables, type Filling, type FillOptions } from "./fill-tables.ts";

/** Makes records in an engine that holds a schema, or copies them from a sample. No event is set off by that. */
export async function fillGround(
  scratch: Database,
  schema: Schema,
  options: FillOptions,
): Promise<Filling> {
  const copied = (await options.sample?.copyInto(scratch, schema)) ?? new Map<string, number>();
  let records = 0;
  for (const count of copied.values()) records += count;
  const all = [...tablesOf(schema).keys()];
  const left = cutSchema(schema, new Set(all.filter((table) => !copied.has(table))));
  const made = await makeRecords(scratch, left, options);
  return { ...made, records: records + made.records };
}

async function makeRecords(
  scratch: Database,
  schema: Schema,
  options: FillOptions,
): Promise<Filling> {
  const tables = [...tablesOf(schema)];
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
