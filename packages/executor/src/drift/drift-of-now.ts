import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import type { AppliedMigration, Progress } from "@surql/history";
import { alignSchema, compareSchemas, loadSnapshot, type Schema } from "@surql/snapshot";
import { applyDriftRules, type JudgedChanges } from "./apply-drift-rules.ts";
import type { DriftRule } from "./drift-rule.ts";
import { whyNotOfNow } from "./why-not-of-now.ts";

/** How the database differs from the stored snapshot of its version; what it was compared with, or why it was not. */
export type FoundDrift =
  | (JudgedChanges & { readonly version: string; readonly checksum: string })
  | { readonly note: string };

/** What is known of the database already. */
export interface Standing {
  /** In the order of applying. */
  readonly ledger: readonly AppliedMigration[];
  readonly unfinished: ReadonlyMap<string, Progress>;
  readonly schema: Schema;
}

/**
 * Compares a schema that was read with the stored snapshot of the current version, for what is about to change it.
 *
 * @returns `undefined` where none is stored.
 * @throws `CONNECTION.*`.
 */
export async function driftOfNow(
  db: Database,
  { ledger, unfinished, schema }: Standing,
  rules: readonly DriftRule[] = [],
): Promise<FoundDrift | undefined> {
  const version = ledger.at(-1)?.version;
  if (version === undefined) return undefined;
  try {
    const snapshot = await loadSnapshot(db, version);
    if (snapshot === undefined) return undefined;
    const [halfWay] = unfinished.keys();
    if (halfWay !== undefined) return notLookedFor(`${halfWay} is half-way`);
    const why = whyNotOfNow(snapshot, ledger);
    if (why !== undefined) return notLookedFor(`of ${version}, ${why}`);
    const recorded = await alignSchema(snapshot, schema, () => db.openScratch());
    const changes = applyDriftRules(compareSchemas(recorded, schema), rules);
    return { version, checksum: snapshot.checksum, ...changes };
  } catch (error) {
    if (!isSurqlError(error) || !error.code.startsWith("SNAPSHOT.")) throw error;
    return notLookedFor(error.message.replace(/\.$/, ""));
  }
}

function notLookedFor(why: string): FoundDrift {
  return { note: `Drift is not looked for: ${why}.` };
}
