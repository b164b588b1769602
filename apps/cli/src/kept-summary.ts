import type { QuarantineEntry } from "surql/history";

/** What is kept, as JSON tells of it: keys that have no value yet are there, and `null`. */
export interface KeptSummary {
  readonly id: string;
  readonly event: string;
  readonly kind: QuarantineEntry["kind"];
  readonly state: QuarantineEntry["state"];
  readonly migration: string;
  readonly table: string;
  readonly field: string | null;
  readonly records: number;
  readonly keptAt: string;
  readonly expiresAt: string | null;
  readonly restoredAt: string | null;
}

/** An entry of the quarantine without what only restoring needs. Pure. */
export function keptSummary(entry: QuarantineEntry): KeptSummary {
  const { id, event, kind, state, migration, table, field, count, keptAt } = entry;
  return {
    id,
    event,
    kind,
    state,
    migration,
    table,
    field: field ?? null,
    records: count,
    keptAt,
    expiresAt: entry.expiresAt ?? null,
    restoredAt: entry.restoredAt ?? null,
  };
}
