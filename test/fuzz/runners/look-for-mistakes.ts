import { applyMigrations } from "surql";
import type { Database, Migration } from "surql";
import { findLock } from "surql/history";
import type { Claims } from "./act.ts";
import { versions } from "./interleaving.ts";

interface Event {
  readonly kind: string;
  readonly result: string;
  readonly versions: readonly string[];
  readonly fingerprint?: string;
  readonly at: string;
}

interface Trace {
  readonly ups?: number;
  readonly downs?: number;
  readonly begun?: number;
}

interface Facts {
  readonly ledger: readonly string[];
  readonly events: readonly Event[];
  readonly trace: Readonly<Record<string, Trace>>;
  readonly shared: number;
  readonly tables: readonly string[];
}

/** Compares what is there with itself and with what the runners claim; then goes on from there as anybody would. */
export async function lookForMistakes(
  db: Database,
  migrations: readonly Migration[],
  claims: Claims,
): Promise<readonly string[]> {
  const lock = await findLock(db);
  const mistakes = lock === undefined ? [] : [`the lock of ${lock.owner} is left`];
  const met = await readFacts(db);
  mistakes.push(...compare(met), ...checkClaims(met, claims), ...checkPlans(met, claims));
  if (mistakes.length > 0) return mistakes;

  await applyMigrations(db, migrations);
  const applied = await readFacts(db);
  if (applied.ledger.length < versions.length) mistakes.push("an ordinary up does not go on");
  mistakes.push(...compare(applied));
  return mistakes;
}

async function readFacts(db: Database): Promise<Facts> {
  const [ledger, events, trace, shared, info] = await db.query(
    "SELECT VALUE version FROM _migration_history; " +
      "SELECT kind, result, versions, fingerprint, at, time::format(at, '%Y-%m-%dT%H:%M:%S%.9fZ') AS at " +
      "FROM _migration_event ORDER BY at; " +
      "SELECT record::id(id) AS version, ups, downs, begun FROM trace; " +
      "SELECT VALUE n FROM shared; INFO FOR DB",
  );
  const rows = trace as readonly (Trace & { readonly version: number })[];
  return {
    ledger: ledger as readonly string[],
    events: events as readonly Event[],
    trace: Object.fromEntries(rows.map((row) => [String(row.version), row])),
    shared: (shared as readonly number[])[0] ?? 0,
    tables: Object.keys((info as { tables: object }).tables),
  };
}

/** Ledger, traces, events and schema tell the same story. */
function compare({ ledger, events, trace, shared, tables }: Facts): readonly string[] {
  const mistakes: string[] = [];
  const expect = (what: string, found: unknown, wanted: unknown): void => {
    if (found !== wanted) mistakes.push(`${what}: ${String(found)} instead of ${String(wanted)}`);
  };
  let runs = 0;
  for (const version of versions) {
    const { ups = 0, downs = 0, begun = 0 } = trace[version] ?? {};
    const applied = ledger.filter((one) => one === version).length;
    const done = (kind: string): number =>
      events.filter(
        (one) => one.kind === kind && one.result === "done" && one.versions.includes(version),
      ).length;
    const open = version === "2" ? begun - ups : 0;
    expect(`ups of ${version} by its trace, beside its events`, ups, done("apply"));
    expect(`downs of ${version} by its trace, beside its events`, downs, done("rollback"));
    expect(`rows of ${version} in the ledger`, applied, ups - downs);
    expect(`table of ${version}`, tables.includes(`t${version}`), applied + open > 0);
    if (version === "2" && open !== 0 && open !== 1)
      mistakes.push(`begun ${begun} times, done ${ups} times`);
    runs += ups + downs;
  }
  expect("what all migrations counted together", shared, runs);
  return mistakes;
}

/** What a runner says was done was done. */
function checkClaims({ trace }: Facts, { applied, rolledBack }: Claims): readonly string[] {
  return versions.flatMap((version) => {
    const { ups = 0, downs = 0 } = trace[version] ?? {};
    const claimedUps = applied.filter((one) => one === version).length;
    const claimedDowns = rolledBack.filter((one) => one === version).length;
    return [
      ...(claimedUps > ups ? [`${version} applied ${ups} times, claimed ${claimedUps} times`] : []),
      ...(claimedDowns > downs
        ? [`${version} rolled back ${downs} times, claimed ${claimedDowns} times`]
        : []),
    ];
  });
}

/** A plan was carried out only on the ground that it was made for. */
function checkPlans({ events }: Facts, { carriedOut, byHand }: Claims): readonly string[] {
  return carriedOut.flatMap(({ kept, begun }) => {
    const { plan, at } = kept;
    const done = events.find(
      (one) => one.kind === "rollback" && one.fingerprint === plan.fingerprint && one.at >= begun,
    );
    if (done === undefined) return [`no event of the plan back to ${plan.toVersion}`];
    const planned = ledgerAt(events, at);
    const met = ledgerAt(events, done.at);
    const twice = events.filter(
      (one) => one.fingerprint === plan.fingerprint && one.result === "done",
    );
    const touched = byHand.filter(
      (one) =>
        one.from > at &&
        one.to < begun &&
        plan.migrations.some(({ version }) => `t${version}` === one.table),
    );
    return [
      ...(planned === met
        ? []
        : [`a plan for ${planned}, of ${at}, was carried out on ${met}, at ${done.at}`]),
      ...(twice.length > 1 ? ["a plan was carried out twice"] : []),
      ...touched.map(({ table }) => `a plan was carried out although ${table} was changed by hand`),
    ];
  });
}

/** What was applied right before a moment, and when: other migrations may have come and gone in between. */
function ledgerAt(events: readonly Event[], moment: string): string {
  const applied = new Map<string, string>();
  for (const { kind, result, versions: about, at } of events) {
    if (at >= moment || result !== "done") continue;
    for (const version of about) {
      if (kind === "apply") applied.set(version, at);
      if (kind === "rollback") applied.delete(version);
    }
  }
  return JSON.stringify([...applied]);
}
