import type { Touch } from "@surql/surrealql";
import type { StepContext, TouchContext } from "./define-rule.ts";
import { followDefinitions } from "./follow-definitions.ts";
import type { PlannedTouch } from "./read-plan.ts";
import type { SchemaTimeline } from "./schema-timeline.ts";
import { isStoredCall } from "./stored-code.ts";
import { clearedFields } from "./write-targets.ts";

/** What the rules see of each touch of a plan: the plan before it and after it, and the schema. */
export function touchContexts(
  plan: readonly PlannedTouch[],
  { timeline, ...sources }: Omit<StepContext, "step"> & { readonly timeline: SchemaTimeline },
): readonly TouchContext[] {
  const eventsOn = followDefinitions("event", plan, sources.live, timeline);
  const fieldsOn = followDefinitions("field", plan, sources.live, timeline);
  const writes = writePositions(plan);
  const written = plan.flatMap(({ touch }, at) => (mayWrite(touch) ? [at] : [])).slice(0, 1);
  const clearings = plan.flatMap(clearingsIn);
  return plan.map((planned, position) => ({
    ...sources,
    ...planned,
    before: (object) => timeline.at(object, position),
    atEnd: (object) => timeline.atEnd(object),
    eventsOn: (table) => eventsOn(table, position),
    fieldsOn: (table) => fieldsOn(table, position),
    writtenBefore: (table) =>
      (table === undefined ? written : writes(table)).some((at) => at < position),
    clears(table, field) {
      const found = clearings.filter((one) => one.table === table && covers(one.path, field));
      if (found.some((one) => one.position > position)) return "later";
      const isLastWrite = found.some(
        (one) => !writes(table).some((at) => at > one.position && at < position),
      );
      return isLastWrite ? "before" : undefined;
    },
  }));
}

/** The positions of the writes to a table; those to computed tables, and calls of stored functions, may be such. */
function writePositions(plan: readonly PlannedTouch[]): (table: string) => readonly number[] {
  const byTable = new Map<string | undefined, number[]>();
  for (const [position, { touch }] of plan.entries()) {
    if (!mayWrite(touch)) continue;
    for (const table of (touch.effect === "write" && touch.tables) || [undefined]) {
      const positions = byTable.get(table);
      if (positions === undefined) byTable.set(table, [position]);
      else positions.push(position);
    }
  }
  return (table) => [...(byTable.get(table) ?? []), ...(byTable.get(undefined) ?? [])];
}

function mayWrite(touch: Touch): boolean {
  return touch.effect === "write" || (touch.effect === "call" && isStoredCall(touch.name));
}

/** A field that a statement takes out of every record. */
interface Clearing {
  readonly position: number;
  readonly table: string;
  readonly path: string;
}

function clearingsIn(
  { touch, statement, isSole }: PlannedTouch,
  position: number,
): readonly Clearing[] {
  if (!isSole || touch.effect !== "write" || touch.verb !== "update") return [];
  const { tables = [], paths = [] } = clearedFields(statement.text) ?? {};
  return tables.flatMap((table) => paths.map((path) => ({ position, table, path })));
}

function covers(path: string, field: string): boolean {
  return field === path || field.startsWith(`${path}.`);
}
