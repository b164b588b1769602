import type { Database } from "@surql/connection";
import { isSurqlError, serverReason } from "@surql/errors";
import type { Migration } from "@surql/migration";
import { outsideEffects, refuseForbidden } from "@surql/safety-analyzer";
import { unplayable } from "./squash-errors.ts";

/**
 * Runs the `up` scripts of migrations, one after the other. Each statement is committed by itself, as an index that is built in a transaction misses
 * what that wrote.
 *
 * @param db A scratch engine.
 * @throws `GENERATOR.SQUASH_UNPLAYABLE` naming the first that fails.
 */
export async function playMigrations(
  db: Database,
  migrations: readonly Migration[],
): Promise<void> {
  for (const { version, up } of migrations) {
    await playScript(
      db,
      version,
      up.map(({ text }) => text),
    );
  }
}

/** The same of one script. Variables that a statement sets are there for the next. */
export async function playScript(
  db: Database,
  version: string,
  texts: readonly string[],
): Promise<void> {
  if (texts.length === 0) return;
  try {
    await db.query(texts.map((text) => `${text}\n;`).join("\n"));
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    throw unplayable(version, serverReason(error) ?? error.message, error);
  }
}

/**
 * Refuses to run what does something outside of the engine that it runs in.
 *
 * @throws `GENERATOR.SQUASH_UNPLAYABLE`, `SAFETY.FORBIDDEN_STATEMENT`.
 */
export function refuseOutsideEffects(migrations: readonly Migration[]): void {
  const steps = migrations.map(({ version, up }) => ({ migration: version, statements: up }));
  refuseForbidden(steps);
  const empty = { tables: {}, edges: {}, objects: {} };
  // What an empty engine does not know, it cannot run; a sequence is its own.
  const [effect] = outsideEffects(steps, empty).filter(
    ({ does, endless }) => endless === true || /^(?:calls (?!sequence::)|holds )/.test(does),
  );
  if (effect === undefined) return;
  const { migration, line, by, does, statement } = effect;
  throw unplayable(
    migration,
    `Line ${line} ${by === undefined ? "" : `sets off ${by}, which `}${does}: ${statement}`,
  );
}
