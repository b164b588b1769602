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
  const planned = new Map<string | undefined, (DefinedEvent & { position: number })[]>();
  for (const [position, { touch }] of plan.entries()) {
    if (touch.effect !== "define" || touch.object.kind !== "event") continue;
    const { table } = touch.object;
    planned.set(table, [...(planned.get(table) ?? []), { ...touch, position }]);
  }
  return (table, position) => {
    const defined: readonly DefinedEvent[] = [
      ...live.ofTable(table, "event"),
      ...(planned.get(table) ?? []).filter((one) => one.position < position),
    ];
    return defined.flatMap(({ object, clauses, conditional }) => {
      if (conditional) return [{ object, clauses }];
      const state = timeline.at(object, position);
      return isGone(state) ? [] : [{ object, clauses: state.clauses ?? clauses }];
    });
  };
}

interface DefinedEvent extends ActiveEvent {
  readonly conditional?: boolean | undefined;
}
