import { isSurqlError } from "@surql/errors";
import type { Migration } from "@surql/migration";
import { captureSchema, type Schema } from "@surql/snapshot";
import { readingOf, type Statement } from "@surql/surrealql";
import type { Ground } from "../lineage.ts";
import { openGround } from "../schema/open-ground.ts";
import type { ScratchEngines } from "./scratch-engines.ts";

/**
 * Makes the schema behind a migration that fails where the records of its ancestors are not there: each statement runs
 * by itself, and what only writes records may fail. So nothing behind it waits for it.
 *
 * @returns `undefined` when a statement fails that changes definitions.
 */
export async function applyDefinitions(
  engines: ScratchEngines,
  migration: Migration,
  ground: Extract<Ground, { kind: "schema" }>,
): Promise<Schema | undefined> {
  await using open = await openGround(engines, migration, ground);
  for (const statement of migration.up) {
    try {
      await open.scratch.query(statement.text);
    } catch (error) {
      if (!isSurqlError(error)) throw error;
      if (!changesRecordsOnly(statement)) return undefined;
    }
  }
  return open.paste(await captureSchema(open.scratch));
}

function changesRecordsOnly(statement: Statement): boolean {
  return readingOf(statement).touches.every(({ effect }) => {
    return effect === "write" || effect === "read" || effect === "call";
  });
}
