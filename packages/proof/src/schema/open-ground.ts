import type { Database } from "@surql/connection";
import { replayMigration } from "@surql/executor";
import type { Migration } from "@surql/migration";
import { rebuildSchema } from "@surql/safety-analyzer";
import { captureSchema, compareSchemas, type Schema } from "@surql/snapshot";
import type { ScratchEngines } from "../run/scratch-engines.ts";
import type { Ground } from "../lineage.ts";
import { concernedTables } from "./concerned-tables.ts";
import { cutSchema, pasteSchema } from "./cut-schema.ts";

type Schemaful = Extract<Ground, { kind: "schema" }>;

/** A fresh engine that holds the schema before a migration, as far as that can have to do with it. */
export interface OpenGround extends AsyncDisposable {
  readonly scratch: Database;
  /** What it holds. */
  readonly schema: Schema;
  /** The whole schema, where this has become something else. */
  readonly paste: (now: Schema) => Schema;
  /** Says that the engine may be used again: nothing went wrong in it. */
  readonly release: () => void;
}

/**
 * Opens an engine for a migration. The schema is built from its definitions; where that does not give the same schema,
 * everything before the migration is run instead.
 */
export async function openGround(
  engines: ScratchEngines,
  migration: Migration,
  { schema: whole, ancestors }: Schemaful,
): Promise<OpenGround> {
  const concerned = concernedTables(migration, whole);
  const wanted = cutSchema(whole, concerned);
  const scratch = await engines.open();
  const ground = (held: Database, schema: Schema, cut: ReadonlySet<string>): OpenGround => {
    let isReleased = false;
    return {
      scratch: held,
      schema,
      paste: (now) => pasteSchema(whole, cut, now),
      release: () => void (isReleased = true),
      [Symbol.asyncDispose]: () => (isReleased ? engines.reuse(held) : held.close()),
    };
  };
  if (isEmpty(wanted)) return ground(scratch, wanted, concerned);
  await rebuildSchema(scratch, wanted);
  const built = await captureSchema(scratch);
  if (compareSchemas(wanted, built).length === 0) return ground(scratch, built, concerned);
  await scratch.close();
  const replayed = await engines.open();
  for (const ancestor of ancestors) await replayMigration(replayed, ancestor, "up");
  const all = new Set([...Object.keys(whole.tables), ...Object.keys(whole.edges)]);
  return ground(replayed, await captureSchema(replayed), all);
}

function isEmpty({ tables, edges, objects }: Schema): boolean {
  return [tables, edges, objects].every((kind) => Object.keys(kind).length === 0);
}
