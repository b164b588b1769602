import type { ObjectReference } from "@surql/surrealql";
import type { Clauses, LiveSchema } from "./live-schema.ts";
import type { PlannedTouch } from "./read-plan.ts";
import { isGone, type SchemaTimeline } from "./schema-timeline.ts";

/** An event or a field whose code a write would run. */
export interface ActiveDefinition {
  readonly object: ObjectReference;
  readonly clauses: Clauses;
}

/** Finds the events or the fields of a table at one moment of a plan: those from before it, and those that it defines, perhaps. */
export function followDefinitions(
  kind: "event" | "field",
  plan: readonly PlannedTouch[],
  live: LiveSchema,
  timeline: SchemaTimeline,
): (table: string, position: number) => readonly ActiveDefinition[] {
  const planned = new Map<string | undefined, (PlannedDefinition & { position: number })[]>();
  for (const [position, { touch }] of plan.entries()) {
    if (touch.effect !== "define" && touch.effect !== "alter") continue;
    if (touch.object.kind !== kind) continue;
    const { table } = touch.object;
    planned.set(table, [...(planned.get(table) ?? []), { ...touch, position }]);
  }
  return (table, position) => {
    const defined: readonly PlannedDefinition[] = [
      ...live.ofTable(table, kind),
      ...(planned.get(table) ?? []).filter((one) => one.position < position),
    ];
    return defined.flatMap(({ object, clauses, conditional }) => {
      if (conditional) return [{ object, clauses }];
      const state = timeline.at(object, position);
      return isGone(state) ? [] : [{ object, clauses: state.clauses ?? clauses }];
    });
  };
}

interface PlannedDefinition extends ActiveDefinition {
  readonly conditional?: boolean | undefined;
}
