import { compareSchemas, emptySchema, type Schema, type SchemaChange } from "@surql/snapshot";
import { significantTokens, unquoteIdentifier, type Touch } from "@surql/surrealql";
import { gatherGround } from "./gather-ground.ts";
import { groundLookup, type GroundLookup } from "./ground-lookup.ts";
import { objectKey, type GroundObject, type SchemaObject } from "./ground-object.ts";
import { hidesEvents, reached } from "./outside-effects.ts";
import type { TouchContext } from "./define-rule.ts";
import { firstPart } from "./field-path.ts";
import { readLiveSchema, type LiveDefinition, type LiveSchema } from "./live-schema.ts";
import type { PlanStep } from "./plan-step.ts";
import { readPlan } from "./read-plan.ts";
import { buildTimeline } from "./schema-timeline.ts";
import { isStoredCall } from "./stored-code.ts";
import { suspectCode } from "./suspect-code.ts";
import { touchContexts } from "./touch-contexts.ts";

/**
 * Finds the objects of a schema that scripts rest on: what they define, alter or remove, with what belongs to it, stands
 * above it or mentions it; the tables that they write to, with their fields, indexes and events; the stored code that they
 * set off, and what that touches in turn. Where it cannot be told, everything. Pure.
 *
 * Found again on a later schema, what is new there shows as well: a field that was added to a table that goes.
 *
 * @param steps The scripts, in the order in which they would run.
 * @param schema The schema before them.
 * @param changed What a rehearsal saw them change beside.
 * @returns Sorted by path.
 * @example
 * ```ts
 * const ground = findGround(steps, await captureSchema(db));
 * ground.map(({ path }) => path); // ["user", "user.bio"]
 * ```
 */
export function findGround(
  steps: readonly PlanStep[],
  schema: Schema,
  changed: readonly SchemaObject[] = [],
): readonly GroundObject[] {
  const all = compareSchemas(emptySchema, schema).map(groundObject);
  const live = readLiveSchema(schema);
  const rests = restsOn(steps, live, groundLookup(all, live), changed);
  return rests === "everything" ? all : all.filter((one) => rests.has(objectKey(one)));
}

function groundObject({ path, kind, table, name, after = "" }: SchemaChange): GroundObject {
  return { path, kind, ...(table !== undefined && { table }), name, text: after };
}

function restsOn(
  steps: readonly PlanStep[],
  live: LiveSchema,
  lookup: GroundLookup,
  changed: readonly SchemaObject[],
): ReadonlySet<string> | "everything" {
  const plan = readPlan(steps);
  const ground = gatherGround(live, lookup);
  const timeline = buildTimeline(
    plan.map(({ touch }) => touch),
    live,
  );
  const suspects = suspectCode(live);
  for (const context of touchContexts(plan, { direction: "down", live, timeline })) {
    const { touch } = context;
    if (isOpen(touch)) return "everything";
    if ("object" in touch) {
      ground.add(touch.object);
      for (const field of columnsNamed(context, live)) ground.addAlone(field.object);
    }
    const written = new Set<string>();
    for (const { object, effects } of reached(context, suspects, written)) {
      if (effects.missing.length > 0 || effects.touches.some(isOpen)) return "everything";
      ground.add(object);
      for (const one of effects.touches) if ("object" in one) ground.add(one.object);
    }
    for (const table of written) {
      if (hidesEvents(table, context)) return "everything";
      ground.addWhole(table);
    }
  }
  for (const object of changed) ground.add(object);
  return ground.found;
}

/** The fields of its table that a definition names: the columns of an index, what an event looks at. */
function columnsNamed(
  { touch, statement }: TouchContext,
  live: LiveSchema,
): readonly LiveDefinition[] {
  if (touch.effect !== "define" && touch.effect !== "alter" && touch.effect !== "rebuild")
    return [];
  const { kind, table, name } = touch.object;
  if (table === undefined || kind === "field") return [];
  const index = live.find({ kind, table, name });
  const words = new Set(
    [statement.text, index?.text ?? ""].flatMap((text) =>
      significantTokens(text).map((token) => unquoteIdentifier(token.text)),
    ),
  );
  return live
    .ofTable(table, "field")
    .filter(({ object }) => words.has(unquoteIdentifier(firstPart(object.name))));
}

/** Whether what it touches cannot be told by reading. */
function isOpen(touch: Touch): boolean {
  if (touch.effect === "unknown") return true;
  if (touch.effect === "write") return touch.tables === undefined;
  // What a closure does stands where it is written; what is built in changes no schema.
  return (
    touch.effect === "call" &&
    !isStoredCall(touch.name) &&
    !touch.name.startsWith("$") &&
    !touch.name.includes("::")
  );
}
