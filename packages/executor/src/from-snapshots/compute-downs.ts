import type { Database } from "@surql/connection";
import type { AppliedMigration } from "@surql/history";
import type { Migration } from "@surql/migration";
import { differenceScript, type Schema } from "@surql/snapshot";
import { carryOver } from "./carry-over.ts";
import {
  lacksDown,
  type ComputedDown,
  type ComputedDowns,
  type NotComputed,
} from "./computed-down.ts";
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
  const refused = new Map<string, NotComputed>();
  const applied = ledger.map(({ version }) => version);
  const left = new Set(applied);
  let state: Schema | undefined = schema;
  for (const migration of down) {
    const { version } = migration;
    const at = applied.indexOf(version);
    const stays = applied.slice(at + 1).filter((other) => left.has(other));
    left.delete(version);
    const isLast = at !== -1 && stays.length === 0;
    const behind = isLast ? await snapshotAt(at) : undefined;
    const before = isLast ? await snapshotAt(at - 1) : undefined;
    if (lacksDown(migration)) {
      const why = whyNot(version, at, stays, before, state);
      if (why === undefined && state !== undefined && before?.snapshot !== undefined) {
        const to = before.snapshot.version;
        const target = schemaBefore(state, behind?.snapshot, before.snapshot);
        const isKnown = behind?.snapshot !== undefined;
        const { statements, gaps } = differenceScript(state, target);
        const texts = statements.map(({ text }) => text);
        computed.set(version, { version, statements: texts, gaps, to, isKnown });
        state = target;
        continue;
      }
      refused.set(version, { version, why: why ?? "" });
    }
    state = behindOwnDown(state, behind, before);
  }
  return { computed, refused };
}

function whyNot(
  version: string,
  at: number,
  stays: readonly string[],
  before: UsableSnapshot | undefined,
  state: Schema | undefined,
): string | undefined {
  if (at === -1) return "it was never applied as a whole";
  if (stays.length > 0) {
    return `${stays.join(", ")} was applied after it and stays, so no snapshot shows the schema without ${version}`;
  }
  if (before?.why !== undefined) return before.why;
  if (state === undefined) {
    return "it is not known what the migrations that are rolled back before it leave: roll these back first, by themselves";
  }
  return undefined;
}

function schemaBefore(state: Schema, behind: Schema | undefined, before: Schema): Schema {
  return behind === undefined ? before : carryOver(state, behind, before);
}

/** What a down script leaves that its author wrote; the rehearsal says whether it does. */
function behindOwnDown(
  state: Schema | undefined,
  behind: UsableSnapshot | undefined,
  before: UsableSnapshot | undefined,
): Schema | undefined {
  if (state === undefined || before?.snapshot === undefined) return undefined;
  return schemaBefore(state, behind?.snapshot, before.snapshot);
}
