import type { Database } from "@surql/connection";
import type { Migration } from "@surql/migration";
import { outsideEffects } from "@surql/safety-analyzer";
import { captureSchema, emptySchema, type Schema } from "@surql/snapshot";
import { redactSecrets } from "@surql/surrealql";
import { replayFailed } from "./replay-errors.ts";
import { replayMigration } from "./replay-migration.ts";

/** Longest that a statement may take: it meets few records. */
const statementLimit = "30s";

/**
 * The schema that migrations give, found by running them: what an empty database has when all of them are applied. What leaves
 * the database (`http::*`) is refused by an engine that runs in this process.
 *
 * @param scratch An empty engine, as `db.openScratch()` gives. It holds the schema then.
 * @param migrations With all that they build on, parents first.
 * @throws `EXECUTOR.REPLAY_FAILED` naming migration and line.
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
  await scratch.query(`ALTER SYSTEM QUERY_TIMEOUT ${statementLimit}`).catch(() => undefined);
  for (const migration of migrations) {
    const failure = await replayMigration(scratch, migration, "up");
    if (failure !== undefined) throw replayFailed(failure);
  }
  return captureSchema(scratch);
}

/** A call that does not end would end this process. */
function refuseEndless(migrations: readonly Migration[]): void {
  const steps = migrations.map(({ version, up }) => ({ migration: version, statements: up }));
  const endless = outsideEffects(steps, emptySchema).find((effect) => effect.endless);
  if (endless === undefined) return;
  const { migration, line, statement, does } = endless;
  const reason = `it ${does}, without end`;
  throw replayFailed({ migration, line, statement: redactSecrets(statement), reason });
}
