import type { ObjectReference, Touch } from "@surql/surrealql";
import type { LiveDefinition, LiveSchema } from "./live-schema.ts";
import { buildTimeline, isGone, tableOf, type ObjectState } from "./schema-timeline.ts";

/** A schema that is known from the scripts that make it alone. It grows with every one. */
export interface GrowingSchema {
  /** The schema as the scripts so far leave it. */
  readonly live: LiveSchema;
  /**
   * Takes notice of the script that comes next. What no script has named and this one defines first is
   * not there yet; what it names otherwise was there before all of them, perhaps.
   */
  announce(touches: readonly Touch[]): void;
  /** Lets the script that was announced have run. */
  add(touches: readonly Touch[]): void;
}

/** What is known of an object: how it is defined, that it is not there, or that it may be. */
type Known = LiveDefinition | "gone" | "unclear";

/** What scripts tell of a schema. */
interface Knowledge {
  /** By table, `undefined` for what is on none, then by kind and name. */
  readonly groups: Map<string | undefined, Map<string, Known>>;
  /** The tables that hold nothing but what scripts defined on them. */
  readonly whole: Set<string>;
}

/** Starts with nothing known. Time and memory grow with the number of touches. */
export function growSchema(): GrowingSchema {
  const knowledge: Knowledge = { groups: new Map(), whole: new Set() };
  const live = lookUps(knowledge);
  return {
    live,
    announce(touches) {
      const named = new Set<string>();
      for (const touch of touches) {
        for (const object of objectsOf(touch)) {
          const id = JSON.stringify([object.table, keyOf(object)]);
          if (named.has(id)) continue;
          named.add(id);
          const isNew = knownOf(knowledge, object) === undefined && isMade(object, touch);
          if (isNew) learn(knowledge, object, "gone");
        }
      }
    },
    add(touches) {
      const timeline = buildTimeline(touches, live);
      // Everything is asked before anything is learned: the timeline looks into this very schema.
      const ended = touches.flatMap((touch) =>
        objectsOf(touch).map((object) => ({ object, touch, state: timeline.atEnd(object) })),
      );
      for (const { object, state } of ended) {
        if (object.kind !== "table" || (state.origin !== "plan" && state.origin !== "removed"))
          continue;
        knowledge.groups.delete(object.name);
        knowledge.whole.add(object.name);
      }
      for (const { object, touch, state } of ended) {
        const what = learned(object, touch, state, knownOf(knowledge, object));
        if (what !== undefined) learn(knowledge, object, what);
      }
    },
  };
}

/** What a touch tells of an object, once its script has run; `undefined` when that is nothing new. */
function learned(
  object: ObjectReference,
  touch: Touch,
  state: ObjectState,
  before: Known | undefined,
): Known | undefined {
  if (touch.conditional === true) return isDefinition(before) ? undefined : "unclear";
  if (isGone(state)) return "gone";
  const { clauses = {} } = state;
  if (isDefinition(before) && before.clauses === clauses) return undefined;
  if (state.origin !== "unknown" || isReplaced(object, touch)) {
    return { object, clauses, text: Object.entries(clauses).flat().join(" ") };
  }
  return before === undefined ? "unclear" : undefined;
}

function knownOf({ groups }: Knowledge, object: ObjectReference): Known | undefined {
  return groups.get(object.table)?.get(keyOf(object));
}

function learn({ groups }: Knowledge, object: ObjectReference, what: Known): void {
  const group = groups.get(object.table) ?? new Map<string, Known>();
  groups.set(object.table, group.set(keyOf(object), what));
}

function lookUps(knowledge: Knowledge): LiveSchema {
  const { groups, whole } = knowledge;
  const definitionsOn = (table: string | undefined): readonly LiveDefinition[] =>
    [...(groups.get(table)?.values() ?? [])].filter(isDefinition);
  return {
    isKnown: true,
    covers(object) {
      const found = knownOf(knowledge, object);
      if (found !== undefined) return found !== "unclear";
      return object.table !== undefined && whole.has(object.table) && !isImplied(object.name);
    },
    find(object) {
      const found = knownOf(knowledge, object);
      return isDefinition(found) ? found : undefined;
    },
    ofTable: (table, kind) => definitionsOn(table).filter(({ object }) => object.kind === kind),
    get tables() {
      return definitionsOn(undefined).flatMap(({ object }) =>
        object.kind === "table" ? [object.name] : [],
      );
    },
    get relations() {
      return definitionsOn(undefined)
        .filter(isRelation)
        .map(({ object }) => object.name);
    },
    *search(word) {
      for (const table of groups.keys())
        for (const one of definitionsOn(table)) if (one.text.includes(word)) yield one;
    },
  };
}

/** The objects that a touch changes or makes, tables that it makes by the way included. */
function objectsOf(touch: Touch): readonly ObjectReference[] {
  if (touch.effect === "write") return (touch.tables ?? []).map(tableOf);
  if (!("object" in touch)) return [];
  const { object } = touch;
  return object.table === undefined ? [object] : [tableOf(object.table), object];
}

/** What the engine defines by itself: the elements of an array, the ends of an edge. */
function isImplied(name: string): boolean {
  return name.includes("*") || name === "in" || name === "out" || name === "id";
}

/** Whether the touch is sure to define the object itself. */
function isMade(object: ObjectReference, touch: Touch): boolean {
  if (touch.effect !== "define" || touch.object !== object || touch.conditional === true)
    return false;
  return object.table === undefined || !isImplied(object.name);
}

/** Whether the object is as the touch defines it, whatever was there before. */
function isReplaced(object: ObjectReference, touch: Touch): boolean {
  return touch.effect === "define" && touch.object === object && touch.mode === "overwrite";
}

function isDefinition(known: Known | undefined): known is LiveDefinition {
  return typeof known === "object";
}

function isRelation({ object, clauses }: LiveDefinition): boolean {
  return object.kind === "table" && /^RELATION\b/i.test(clauses["TYPE"] ?? "");
}

function keyOf({ kind, name }: ObjectReference): string {
  return `${kind} ${name}`;
}
