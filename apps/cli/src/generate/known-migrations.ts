import { isSurqlError } from "surql/errors";
import type { Migration } from "surql/migration";

/** The migrations of a project that may have none yet, nor a folder for them. */
export async function knownMigrations(
  read: () => Promise<readonly Migration[]>,
): Promise<readonly Migration[]> {
  try {
    return await read();
  } catch (error) {
    if (isSurqlError(error) && error.code === "MIGRATION.DIRECTORY_NOT_FOUND") return [];
    throw error;
  }
}
