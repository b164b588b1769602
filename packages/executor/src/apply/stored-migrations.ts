import type { Database } from "@surql/connection";
import {
  getAppliedMigrations,
  readStoredScripts,
  recordIdOf,
  storedScriptChanged,
  type AppliedMigration,
  type StoredScript,
} from "@surql/history";
import type { Migration } from "@surql/migration";
import { hashOfScript } from "./script-to-store.ts";

const notStored =
  "It was applied by another tool or an older version, which stored no scripts in the database.";

/**
 * Reads the applied migrations from the database instead of from files, so that a machine without the repository,
 * or with an older one, can roll back.
 *
 * A migration whose scripts are not stored has none and is irreversible; one that held a secret is `withheld` in that
 * direction. All others are as they were applied.
 *
 * @returns In the order of applying.
 * @throws `HISTORY.STORED_SCRIPT_CHANGED` when a script does not fit the hash that was stored with it,
 * `HISTORY.CORRUPT_ROW`, `CONNECTION.*`.
 * @example
 * ```ts
 * const plan = await createRollbackPlan(db, await storedMigrations(db), "20260108_120000");
 * ```
 */
export async function storedMigrations(db: Database): Promise<readonly Migration[]> {
  const ledger = await getAppliedMigrations(db);
  const scripts = await readStoredScripts(db);
  const edited = ledger.filter((row) => {
    const script = scripts.get(row.version);
    return script !== undefined && !fits(row, script);
  });
  if (edited.length > 0) throw storedScriptChanged(edited.map(({ version }) => version));

  const applied = new Set(ledger.map(({ version }) => version));
  return ledger.map((row, position) => {
    const script = scripts.get(row.version) as StoredScript | undefined;
    const previous = ledger[position - 1]?.version;
    const common = {
      version: row.version,
      description: row.description,
      checksum: row.checksum,
      path: `_migration_history:${recordIdOf(row.version)}`,
      format: "surql" as const,
    };
    if (script === undefined) {
      const parents = previous === undefined ? [] : [previous];
      return {
        ...common,
        parents,
        up: [],
        down: [],
        irreversible: notStored,
        transaction: "required",
      };
    }
    const { up, down, transaction, irreversible, withheld } = script;
    const parents = script.parents.filter((version) => applied.has(version));
    return { ...common, parents, up, down, irreversible, transaction, withheld };
  });
}

function fits({ version, checksum }: AppliedMigration, script: unknown): boolean {
  try {
    const stored = script as StoredScript;
    return stored.hash === hashOfScript(version, checksum, stored);
  } catch {
    // Something that has not even the shape of a script.
    return false;
  }
}
