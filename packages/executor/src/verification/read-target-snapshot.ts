import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { inWordsOf } from "../schema/in-words-of.ts";
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
    const stored = await loadSnapshot(db, version);
    if (stored === undefined) return {};
    const snapshot = await inWordsOf(db, stored, stored.engineVersion);
    if (snapshot !== undefined) return { snapshot };
    return {
      note: `Not compared with the snapshot of ${version}: it was taken on ${stored.engineVersion}, which spells definitions in another way.`,
    };
  } catch (error) {
    if (!isSurqlError(error) || !error.code.startsWith("SNAPSHOT.")) throw error;
    return { note: `Not compared with the snapshot of ${version}: ${error.message}` };
  }
}
