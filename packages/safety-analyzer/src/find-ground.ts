import { compareSchemas, type Schema, type SchemaChange } from "@surql/snapshot";
import { significantTokens, unquoteIdentifier, type Touch } from "@surql/surrealql";
import { groundLookup, type GroundLookup } from "./ground-lookup.ts";
import { hidesEvents, reached } from "./outside-effects.ts";
import type { TouchContext } from "./define-rule.ts";
import { firstPart } from "./field-path.ts";
import { mentions } from "./find-users.ts";
import { readLiveSchema, type LiveDefinition, type LiveSchema } from "./live-schema.ts";
import type { PlanStep } from "./plan-step.ts";
import { readPlan } from "./read-plan.ts";
import { buildTimeline } from "./schema-timeline.ts";
import { isStoredCall } from "./stored-code.ts";
import { suspectCode } from "./suspect-code.ts";
import { touchContexts } from "./touch-contexts.ts";
import { usesField, usesTable } from "./uses-of-data.ts";

/** An object of the schema, as a snapshot holds it. */
export interface GroundObject {
  /** `user`, `user.bio`, `fn::greet`, `$limit`. */
  readonly path: string;
  readonly kind: string;
  readonly table?: string | undefined;
  readonly name: string;
  /** The canonical definition. */
  readonly text: string;
}

/** Which object of a schema something is about. */
export type SchemaObject = Pick<GroundObject, "kind" | "table" | "name">;

const empty: Schema = { tables: {}, edges: {}, objects: {} };

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
  const all = compareSchemas(empty, schema).map(groundObject);
  const live = readLiveSchema(schema);
  const rests = restsOn(steps, live, groundLookup(all, live), changed);
  return rests === "everything" ? all : all.filter((one) => rests.has(objectKey(one)));
}

function groundObject({ path, kind, table, name, after = "" }: SchemaChange): GroundObject {
  return { path, kind, ...(table !== undefined && { table }), name, text: after };
}

/** Tables and edges share their names. */
export function objectKey({ kind, table, name }: SchemaObject): string {
  return `${kind === "edge" ? "table" : kind}\u001F${table ?? ""}\u001F${name}`;
}

function restsOn(
  steps: readonly PlanStep[],
  live: LiveSchema,
  lookup: GroundLookup,
  changed: readonly SchemaObject[],
): ReadonlySet<string> | "everything" {
  const plan = readPlan(steps);
  const found = new Set<string>();
  const whole = new Set<string>();
  const addWhole = (table: string): void => {
    if (whole.has(table)) return;
    whole.add(table);
    found.add(objectKey({ kind: "table", name: table }));
    for (const object of lookup.ofTable(table)) found.add(objectKey(object));
  };
  const addUsers = (word: string, uses: (user: LiveDefinition) => boolean, of?: string): void => {
    for (const user of lookup.mentioning(word, of)) {
      if (!uses(user)) continue;
      found.add(objectKey(user.object));
      if (user.object.table !== undefined) {
        found.add(objectKey({ kind: "table", name: user.object.table }));
      }
    }
  };
  const added = new Set<string>();
  const add = (object: SchemaObject): void => {
    const { kind, table, name } = object;
    const key = objectKey(object);
    if (added.has(key)) return;
    added.add(key);
    found.add(key);
    if (kind === "table" || kind === "edge") {
      addWhole(name);
      addUsers(name, (user) => usesTable(user, name), name);
    } else if (table !== undefined) {
      // Who mentions a table was looked for already, and all that belongs to it is there.
      if (added.has(objectKey({ kind: "table", name: table }))) return;
      found.add(objectKey({ kind: "table", name: table }));
      if (kind === "field") {
        const reference = { kind: "field", table, name } as const;
        addUsers(unquoteIdentifier(firstPart(name)), (user) => usesField(user, reference));
        for (const other of live.ofTable(table, "field")) {
          if (isRelated(other.object.name, name)) found.add(objectKey(other.object));
        }
      }
    } else if (kind === "function" || kind === "param" || kind === "analyzer") {
      addUsers(name.split("::").at(-1)!, (user) => mentions(user.text, { kind, name }));
    }
  };

  const timeline = buildTimeline(
    plan.map(({ touch }) => touch),
    live,
  );
  const suspects = suspectCode(live);
  for (const context of touchContexts(plan, { direction: "down", live, timeline })) {
    const { touch } = context;
    if (isOpen(touch)) return "everything";
    if ("object" in touch) {
      add(touch.object);
      for (const field of columnsNamed(context, live)) found.add(objectKey(field.object));
    }
    const written = new Set<string>();
    for (const { object, effects } of reached(context, suspects, written)) {
      if (effects.missing.length > 0 || effects.touches.some(isOpen)) return "everything";
      add(object);
      for (const one of effects.touches) if ("object" in one) add(one.object);
    }
    for (const table of written) {
      if (hidesEvents(table, context)) return "everything";
      addWhole(table);
    }
  }
  for (const object of changed) add(object);
  return found;
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

function isRelated(field: string, other: string): boolean {
  return field.startsWith(`${other}.`) || other.startsWith(`${field}.`);
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
