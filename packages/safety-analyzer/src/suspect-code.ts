import type { ObjectReference, Touch } from "@surql/surrealql";
import type { CodeSetOff } from "./code-set-off.ts";
import type { Clauses, LiveDefinition, LiveSchema } from "./live-schema.ts";
import { hasEffects, storedEffects } from "./stored-code.ts";

/** Stored code with effects, and the statements that may set it off though they do not name its table. */
export interface SuspectCode extends Pick<CodeSetOff, "object" | "effects"> {
  readonly setOffBy: (touch: Touch) => boolean;
}

/** To look for it reads all stored code of a schema, and every trial of a plan asks. */
const known = new WeakMap<LiveSchema, readonly SuspectCode[]>();

/**
 * The code in the schema that a statement may run without a word about it: computed fields, views and analyzers by
 * anything that reads or writes; events and fields by a write to computed tables, and by a `DELETE`, which
 * takes edges and referring records with it.
 *
 * @param live The schema as it was captured; found once for each.
 */
export function suspectCode(live: LiveSchema): readonly SuspectCode[] {
  const found = known.get(live) ?? suspectCodeUnder(live, (one) => live.find(one)?.clauses);
  known.set(live, found);
  return found;
}

/** The same with other definitions in force, as after a plan. */
export function suspectCodeUnder(
  live: LiveSchema,
  clausesOf: (object: ObjectReference) => Clauses | undefined,
): readonly SuspectCode[] {
  const relations = new Set(live.relations);
  const referring = new Set(
    Array.from(live.search("REFERENCE"), ({ object }) => object.table ?? object.name),
  );
  return Array.from(candidates(live)).flatMap((definition): readonly SuspectCode[] => {
    const { object, clauses } = definition;
    const effects = storedEffects(object, (one) => (one === object ? clauses : clausesOf(one)));
    if (!hasEffects(effects)) return [];
    const table = object.table ?? object.name;
    const cascades = relations.has(table) || referring.has(table);
    const runsOnUse =
      object.kind === "table" || object.kind === "analyzer" || "COMPUTED" in clauses;
    return [
      {
        object,
        effects,
        setOffBy: (touch) => (runsOnUse ? usesData(touch) : isWide(touch, cascades)),
      },
    ];
  });
}

function* candidates(live: LiveSchema): Iterable<LiveDefinition> {
  for (const definition of live.search("(")) {
    const { kind } = definition.object;
    const isView = kind === "table" && "AS" in definition.clauses;
    if (kind === "event" || kind === "field" || isView) yield definition;
  }
  for (const definition of live.search("FUNCTION")) {
    if (definition.object.kind === "analyzer") yield definition;
  }
}

function usesData({ effect }: Touch): boolean {
  return !["define", "remove", "alter", "control"].includes(effect);
}

function isWide(touch: Touch, cascades: boolean): boolean {
  if (touch.effect !== "write") return false;
  return touch.tables === undefined || (touch.verb === "delete" && cascades);
}
