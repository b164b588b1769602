import type { Database } from "@surql/connection";
import type { AppliedMigration } from "@surql/history";
import type { Migration } from "@surql/migration";
import { differenceScript, type Schema } from "@surql/snapshot";
import { carryOver } from "./carry-over.ts";
import { lacksDown, type ComputedDown, type ComputedDowns } from "./computed-down.ts";
import { usableSnapshots, type UsableSnapshot } from "./usable-snapshots.ts";

/**
 * Computes a way back for each migration that has none, from the snapshots of the moments before and behind it: what changed from the
 * one to the other is changed back, on the schema as it is by then. Reads the database; writes nothing.
 *
 * @param down Newest first, as they are rolled back.
 * @param schema The schema before the first of them.
 * @throws `CONNECTION.*`.
 */
export async function computeDowns(
  db: Database,
  down: readonly Migration[],
  { ledger, schema }: { readonly ledger: readonly AppliedMigration[]; readonly schema: Schema },
): Promise<ComputedDowns> {
  const snapshotAt = usableSnapshots(db, ledger);
  const computed = new Map<string, ComputedDown>();
  const refused = new Map<string, string>();
  const applied = ledger.map(({ version }) => version);
  const left = new Set(applied);
  let state: Schema | undefined = schema;
  for (const migration of down) {
    const { version } = migration;
    const at = applied.indexOf(version);
    const stays = applied.slice(at + 1).filter((other) => left.has(other));
    left.delete(version);
    const moment =
      at === -1
        ? { why: "it was never applied as a whole" }
        : stays.length > 0
          ? {
              why: `${stays.join(", ")} was applied after it and stays, so no snapshot shows the schema without ${version}`,
            }
          : { behind: await snapshotAt(at), before: await snapshotAt(at - 1) };
    const target = schemaBefore(state, moment);
    if (lacksDown(migration)) {
      const way = wayBack(version, state, target, moment);
      if (typeof way === "string") refused.set(version, way);
      else computed.set(version, way);
    }
    // What a script of its author leaves is taken to be that, too; the rehearsal says whether it is.
    state = target;
  }
  return { computed, refused };
}

/** The snapshots behind and before a migration, or why none can show the schema without it. */
type Moment =
  | { readonly why: string; readonly behind?: undefined; readonly before?: undefined }
  | { readonly why?: undefined; readonly behind: UsableSnapshot; readonly before: UsableSnapshot };

/** The schema without the migration; `undefined` where that is not known. */
function schemaBefore(state: Schema | undefined, { behind, before }: Moment): Schema | undefined {
  if (state === undefined || before?.snapshot === undefined) return undefined;
  if (behind?.snapshot === undefined) return before.snapshot;
  return carryOver(state, behind.snapshot, before.snapshot);
}

/** The way back of a migration, or why there is none. */
function wayBack(
  version: string,
  state: Schema | undefined,
  target: Schema | undefined,
  { why, behind, before }: Moment,
): ComputedDown | string {
  if (why !== undefined) return why;
  if (before.snapshot === undefined) return before.why;
  if (state === undefined || target === undefined) {
    return "it is not known what the migrations that are rolled back before it leave: roll these back first, by themselves";
  }
  const { statements, gaps } = differenceScript(state, target);
  return {
    version,
    statements: statements.map(({ text }) => text),
    gaps,
    to: before.snapshot.version,
    isKnown: behind.snapshot !== undefined,
  };
}
