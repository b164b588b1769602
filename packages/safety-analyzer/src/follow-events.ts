import type { ObjectReference } from "@surql/surrealql";
import type { Clauses, LiveSchema } from "./live-schema.ts";
import type { PlannedTouch } from "./read-plan.ts";
import { isGone, type SchemaTimeline } from "./schema-timeline.ts";

/** An event that a write would set off. */
export interface ActiveEvent {
  readonly object: ObjectReference;
  readonly clauses: Clauses;
}

/** Finds the events of a table at one moment of a plan: those from before it, and those that it defines, perhaps. */
export function followEvents(
  plan: readonly PlannedTouch[],
  live: LiveSchema,
  timeline: SchemaTimeline,
): (table: string, position: number) => readonly ActiveEvent[] {
  const planned = plan.flatMap(({ touch }, position) =>
    touch.effect === "define" && touch.object.kind === "event" ? [{ ...touch, position }] : [],
  );
  return (table, position) => {
    const events = new Map<string, ActiveEvent>();
    for (const { object, clauses } of [
      ...live.ofTable(table, "event"),
      ...planned.filter((one) => one.object.table === table && one.position < position),
    ]) {
      const state = timeline.at(object, position);
      if (!isGone(state)) events.set(object.name, { object, clauses: state.clauses ?? clauses });
    }
    for (const { object, clauses, conditional, position: at } of planned) {
      if (conditional && at < position && object.table === table) {
        events.set(object.name, { object, clauses });
      }
    }
    return [...events.values()];
  };
}
