import { createHash } from "node:crypto";
import {
  getAppliedMigrations,
  listEvents,
  readLock,
  readUnfinished,
  type Database,
  type StoredEvent,
} from "surql";
import { contentsOf, missedByIndexes, type Content } from "./contents.ts";

/** A database as it was found. */
export interface Observation {
  /** Definitions and records of everything that is not ours, one text each. */
  readonly world: readonly string[];
  /** What our own tables hold, but for the events and the lock; without times, random ids and durations. */
  readonly books: readonly string[];
  /** Versions in the ledger, oldest first. */
  readonly ledger: readonly string[];
  /** Versions that the events say are applied. */
  readonly told: readonly string[];
  /** The migrations that are between before and after. */
  readonly unfinished: readonly string[];
  /** Milliseconds until the lock expires; `undefined` when it is free. */
  readonly lockedForMs: number | undefined;
  /** Records that an index does not find. */
  readonly missedByIndexes: readonly string[];
}

/** What is looked at by itself. */
const apart = new Set(["_migration_lock", "_migration_event"]);

/** Looks at everything in a database; changes nothing. */
export async function observe(db: Database): Promise<Observation> {
  const [info] = await db.query("INFO FOR DB");
  const { tables, ...definitions } = info as Readonly<
    Record<string, Readonly<Record<string, string>>>
  >;
  const names = Object.keys(tables ?? {}).toSorted();
  const theirs = names.filter((name) => !name.startsWith("_"));
  const ours = names.filter((name) => name.startsWith("_") && !apart.has(name));
  const content = await contentsOf(db, [...theirs, ...ours]);
  const world = [JSON.stringify(definitions)];
  for (const name of theirs) world.push(String(tables?.[name]), textOf(name, content.get(name)));
  const books: string[] = [];
  for (const name of ours) {
    // Sorted when what is by chance is gone: some ids are.
    const rows = content.get(name)?.rows.map(withoutChance).toSorted() ?? [];
    books.push(...rows.map((row) => `${name}: ${row.length > 5_000 ? hashOf(row) : row}`));
  }
  const lock = await readLock(db);
  return {
    world,
    books,
    ledger: (await getAppliedMigrations(db)).map(({ version }) => version),
    told: toldBy(await listEvents(db)),
    unfinished: [...(await readUnfinished(db)).values()].map((one) => JSON.stringify(one)),
    lockedForMs: lock && Date.parse(lock.expiresAt) - Date.now(),
    missedByIndexes: await missedByIndexes(db, theirs, content),
  };
}

function textOf(table: string, content: Content | undefined): string {
  const rows = content?.rows.join(" ") ?? "";
  return `${table}: ${JSON.stringify(content?.info)} ${rows.length > 5_000 ? hashOf(rows) : rows}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Takes out what is another each time: times, UUIDs, durations, and fingerprints, which rest on times. */
function withoutChance(text: string): string {
  return text
    .replaceAll(/\bd'\d{4}-[^']*'/g, "d''")
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "uuid")
    .replaceAll(/\bq[0-9a-f]{11,32}\b/g, "entry")
    .replaceAll(/(execution_time_ms|age_ms): \d+/g, "$1: 0")
    .replaceAll(/fingerprint: '[0-9a-f]*'/g, "fingerprint: ''");
}

function toldBy(events: readonly StoredEvent[]): readonly string[] {
  const applied = new Set<string>();
  for (const { kind, result, versions } of events) {
    if (kind === "rollback") for (const version of versions) applied.delete(version);
    else if (result === "done") for (const version of versions) applied.add(version);
  }
  return [...applied];
}
