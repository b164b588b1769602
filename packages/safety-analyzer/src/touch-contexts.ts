import type { StepContext, TouchContext } from "./define-rule.ts";
import { followEvents } from "./follow-events.ts";
import type { PlannedTouch } from "./read-plan.ts";
import type { SchemaTimeline } from "./schema-timeline.ts";
import { unsetEverywhere } from "./whole-tables.ts";

/** What the rules see of each touch of a plan: the plan before it and after it, and the schema. */
export function touchContexts(
  plan: readonly PlannedTouch[],
  { timeline, ...sources }: Omit<StepContext, "step"> & { readonly timeline: SchemaTimeline },
): readonly TouchContext[] {
  const eventsOn = followEvents(plan, sources.live, timeline);
  const writtenAt = firstWrites(plan);
  const unsetAt = lastUnsets(plan);
  return plan.map((planned, position) => ({
    ...sources,
    ...planned,
    before: (object) => timeline.at(object, position),
    atEnd: (object) => timeline.atEnd(object),
    eventsOn: (table) => eventsOn(table, position),
    writtenBefore: (table) =>
      [table, undefined].some((one) => (writtenAt.get(one) ?? Infinity) < position),
    unsetLater: (table, field) =>
      unsetAt.some(
        (one) => one.position > position && one.table === table && covers(one.path, field),
      ),
  }));
}

/** The position of the first write to each table; `undefined` stands for tables that are computed. */
function firstWrites(plan: readonly PlannedTouch[]): ReadonlyMap<string | undefined, number> {
  const first = new Map<string | undefined, number>();
  for (const [position, { touch }] of plan.entries()) {
    if (touch.effect !== "write") continue;
    for (const table of touch.tables ?? [undefined]) {
      if (!first.has(table)) first.set(table, position);
    }
  }
  return first;
}

interface Unset {
  readonly position: number;
  readonly table: string;
  readonly path: string;
}

function lastUnsets(plan: readonly PlannedTouch[]): readonly Unset[] {
  return plan.flatMap(({ touch, statement, isSole }, position) => {
    if (!isSole || touch.effect !== "write" || touch.verb !== "update") return [];
    const found = unsetEverywhere(statement.text);
    return (found?.tables ?? []).flatMap((table) =>
      (found?.paths ?? []).map((path) => ({ position, table, path })),
    );
  });
}

function covers(path: string, field: string): boolean {
  return field === path || field.startsWith(`${path}.`);
}
