import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { loadSnapshot, type SchemaSnapshot } from "@surql/snapshot";

/** The stored snapshot of a version, as far as a plan can be compared with it. */
export interface FoundSnapshot {
  readonly snapshot?: SchemaSnapshot | undefined;
  /** Why it cannot be compared with; left out when it can, or when there is none. */
  readonly note?: string | undefined;
}

/** Reads the snapshot of the version that a plan goes back to, if there is one. @throws `CONNECTION.*` */
export async function readTargetSnapshot(db: Database, version: string): Promise<FoundSnapshot> {
  if (version === "base") return {};
  try {
    const snapshot = await loadSnapshot(db, version);
    const { engineVersion } = snapshot ?? {};
    if (
      engineVersion === undefined ||
      release(engineVersion) === release(db.target.engineVersion)
    ) {
      return { snapshot };
    }
    return {
      note: `Not compared with the snapshot of ${version}: it was taken on ${engineVersion}, which spells definitions in another way.`,
    };
  } catch (error) {
    if (!isSurqlError(error) || !error.code.startsWith("SNAPSHOT.")) throw error;
    return { note: `Not compared with the snapshot of ${version}: ${error.message}` };
  }
}

/** `3.0` */
function release(version: string): string {
  return version.split(".", 2).join(".");
}
