import { readStoredScripts, type AppliedMigration } from "@surql/history";
import type { Database } from "@surql/connection";
import type { Migration } from "@surql/migration";
import { changeBetween, type GroundChange } from "./ground-change.ts";
import type { PlanGround } from "./plan-ground.ts";

/** A row of the ledger, as far as it is compared. */
type Row = Pick<AppliedMigration, "version" | "checksum" | "appliedAt">;

/** Parents by version; `undefined` where nobody knows them. */
export type Parents = (version: string) => readonly string[] | undefined;

/**
 * What differs between the ledger that a plan rests on and the ledger now. A row that was added since is a change
 * when it builds on what goes, or when nothing tells that it does not. Pure.
 */
export function historyChanges(
  { history, applied }: PlanGround,
  ledger: readonly Row[],
  parentsOf: Parents,
): readonly GroundChange[] {
  const now = new Map(ledger.map((row) => [row.version, row]));
  const changed = history.flatMap((row) => {
    const is = now.get(row.version);
    if (is?.checksum === row.checksum && is.appliedAt === row.appliedAt) return [];
    return [historyChange(row.version, describe(row), is === undefined ? null : describe(is))];
  });
  const known = new Set(applied);
  const goes = history.flatMap(({ version, role }) => (role === "goes" ? [version] : []));
  const added = ledger.flatMap((row) => {
    if (known.has(row.version)) return [];
    const why = whyInTheWay(row.version, new Set(goes), parentsOf);
    if (why === undefined) return [];
    return [historyChange(row.version, null, `${describe(row)}, ${why}`)];
  });
  return [...changed, ...added];
}

function historyChange(version: string, before: string | null, after: string | null): GroundChange {
  return changeBetween(`history ${version}`, before, after);
}

function describe({ checksum, appliedAt }: Row): string {
  return `applied at ${appliedAt}, checksum ${checksum.slice(0, 12)}…`;
}

function whyInTheWay(
  version: string,
  goes: ReadonlySet<string>,
  parentsOf: Parents,
): string | undefined {
  const seen = new Set<string>();
  const open = [version];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (goes.has(next)) return `and builds on ${next}`;
    if (seen.has(next)) continue;
    seen.add(next);
    const parents = parentsOf(next);
    if (parents === undefined) return "and nothing tells what it builds on";
    open.push(...parents);
  }
  return undefined;
}

/** The parents of migrations: by their files, and of those without one by what the ledger keeps. */
export async function readParents(
  db: Database,
  wanted: readonly string[],
  migrations: readonly Migration[] = [],
): Promise<Parents> {
  const known = new Map(migrations.map(({ version, parents }) => [version, parents]));
  if (wanted.some((version) => !known.has(version))) {
    for (const [version, script] of await readStoredScripts(db)) {
      const { parents } = script as { readonly parents?: unknown };
      if (!known.has(version) && Array.isArray(parents)) known.set(version, parents);
    }
  }
  return (version) => known.get(version);
}
