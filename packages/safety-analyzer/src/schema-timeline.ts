import type { ObjectReference, Touch } from "@surql/surrealql";
import { alteredClauses } from "./altered-clauses.ts";
import type { Clauses, LiveSchema } from "./live-schema.ts";

/**
 * Where an object comes from at one moment of the plan:
 * it was in the database before (`live`), the plan made it (`plan`) or removed it (`removed`),
 * it is not there (`absent`), or the schema does not tell (`unknown`).
 */
export type Origin = "live" | "plan" | "removed" | "absent" | "unknown";

/** An object at one moment of the plan. */
export interface ObjectState {
  readonly origin: Origin;
  /** Its definition; for a removed object, the one it had. */
  readonly clauses?: Clauses | undefined;
}

/**
 * How the schema changes while the plan runs. Positions count the touches of the plan; a state
 * *at* a position is the one that the touch there meets. What may not run changes nothing here.
 */
export interface SchemaTimeline {
  at(object: ObjectReference, position: number): ObjectState;
  atEnd(object: ObjectReference): ObjectState;
  /** Whether the plan later removes the table as it is at this position. */
  removesTableAfter(table: string, position: number): boolean;
}

interface Entry extends ObjectState {
  readonly position: number;
  /** Whether the object appeared or went, so that what belongs to it began anew. */
  readonly fresh: boolean;
}

/** Follows the definitions through a plan. */
export function buildTimeline(touches: readonly Touch[], live: LiveSchema): SchemaTimeline {
  const entries = new Map<string, Entry[]>();

  const last = (object: ObjectReference, before: number, fresh: boolean): Entry | undefined =>
    entries
      .get(referenceKey(object))
      ?.findLast((one) => one.position < before && (one.fresh || !fresh));

  const at = (object: ObjectReference, position: number): ObjectState => {
    const own = last(object, position, false);
    const table =
      object.table === undefined ? undefined : last(tableOf(object.table), position, true);
    if (table !== undefined && (own === undefined || own.position < table.position)) {
      return { origin: table.origin === "removed" ? "removed" : "absent" };
    }
    if (own !== undefined) return own;
    if (!live.covers(object)) return { origin: "unknown" };
    const found = live.find(object);
    return found === undefined ? { origin: "absent" } : { origin: "live", clauses: found.clauses };
  };

  const add = (object: ObjectReference, entry: Entry): void => {
    const key = referenceKey(object);
    const known = entries.get(key);
    if (known === undefined) entries.set(key, [entry]);
    else known.push(entry);
  };
  const makeTable = (name: string, position: number): void => {
    if (isGone(at(tableOf(name), position))) {
      add(tableOf(name), { origin: "plan", clauses: {}, position, fresh: true });
    }
  };

  for (const [position, touch] of touches.entries()) {
    if (touch.conditional) continue;
    if (touch.effect === "write" && createsRecords.has(touch.verb)) {
      for (const table of touch.tables ?? []) makeTable(table, position);
    }
    if (!("object" in touch)) continue;
    const { object } = touch;
    const state = at(object, position);
    if (touch.effect === "define" && object.table !== undefined) makeTable(object.table, position);
    const entry = nextState(touch, state);
    if (entry !== undefined) add(object, { ...entry, position });
  }

  return {
    at,
    atEnd: (object) => at(object, touches.length),
    removesTableAfter: (table, position) =>
      entries
        .get(referenceKey(tableOf(table)))
        ?.find((entry) => entry.fresh && entry.position > position)?.origin === "removed",
  };
}

/** The reference of a table. */
export function tableOf(name: string): ObjectReference {
  return { kind: "table", name };
}

/** Whether it is certain that the object is not there. */
export function isGone({ origin }: ObjectState): boolean {
  return origin === "absent" || origin === "removed";
}

const createsRecords: ReadonlySet<string> = new Set(["create", "insert", "upsert", "relate"]);

function nextState(touch: Touch, before: ObjectState): Omit<Entry, "position"> | undefined {
  if (touch.effect === "remove") {
    return isGone(before) ? undefined : { ...before, origin: "removed", fresh: true };
  }
  if (touch.effect === "alter") {
    return { ...before, clauses: alteredClauses(before.clauses, touch.clauses), fresh: false };
  }
  if (touch.effect !== "define") return undefined;
  const { clauses, mode } = touch;
  if (isGone(before) || (before.origin === "unknown" && mode === "plain")) {
    return { origin: "plan", clauses, fresh: true };
  }
  return mode === "overwrite" ? { ...before, clauses, fresh: false } : undefined;
}

/** A key for an object, to put it into a map or a set. */
export function referenceKey({ kind, table, name }: ObjectReference): string {
  return JSON.stringify([kind, table, name]);
}
