import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import type { Migration } from "@surql/migration";
import { outsideEffects } from "@surql/safety-analyzer";
import { captureSchema, type Schema } from "@surql/snapshot";
import { replayFailed } from "./generate-errors.ts";

/** Longest that a migration may take there. */
const limit = "60s";
const empty: Schema = { tables: {}, edges: {}, objects: {} };

/**
 * The schema that migrations give, found by running them: what an empty database has when all of them are applied.
 *
 * Each statement commits by itself, so that nothing depends on what the engine can do in one transaction. What leaves
 * the database (`http::*`) is refused by an engine that runs in this process.
 *
 * @param scratch An empty engine, as `db.openScratch()` gives. It holds the schema then.
 * @param migrations With all that they build on, parents first.
 * @throws `GENERATOR.REPLAY_FAILED` naming migration and line.
 * @example
 * ```ts
 * const scratch = await db.openScratch();
 * const schema = await schemaOfMigrations(scratch, await discoverMigrations("migrations"));
 * await scratch.close();
 * ```
 */
export async function schemaOfMigrations(
  scratch: Database,
  migrations: readonly Migration[],
): Promise<Schema> {
  refuseEndless(migrations);
  // An engine that does not know the statement has no limit.
  await scratch.query(`ALTER SYSTEM QUERY_TIMEOUT ${limit}`).catch(() => undefined);
  for (const migration of migrations) await run(scratch, migration);
  return captureSchema(scratch);
}

/** A call that does not end would end this process. */
function refuseEndless(migrations: readonly Migration[]): void {
  const steps = migrations.map(({ version, up }) => ({ migration: version, statements: up }));
  const endless = outsideEffects(steps, empty).find((effect) => effect.endless);
  if (endless === undefined) return;
  const { migration, line, statement: text, does } = endless;
  throw replayFailed(migration, { text, line, column: 1 }, new Error(`it ${does}, without end`));
}

async function run(scratch: Database, { version, up }: Migration): Promise<void> {
  if (up.length === 0) return;
  try {
    await scratch.query(up.map(({ text }) => `${text}\n;\n`).join(""));
  } catch (error) {
    const index = isSurqlError(error) ? error.meta["index"] : undefined;
    const statement = up[typeof index === "number" ? index : 0]!;
    throw replayFailed(version, statement, error);
  }
}
