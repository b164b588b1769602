import { objectKey, type SchemaObject } from "@surql/safety-analyzer";
import { readStatement } from "@surql/surrealql";
import type { PlannedOutcome } from "../plan/plan-outcome.ts";

/** What a plan deals with, of the schema. */
export interface TouchedObjects {
  /** Of the objects that its rehearsal changed, and that its statements name; with a field, the one for its elements. */
  readonly keys: ReadonlySet<string>;
  /** The tables that its statements remove, with all that belongs to them. */
  readonly removed: ReadonlySet<string>;
}

/** Says which objects a plan touches. Pure. */
export function touchedObjects(
  statements: readonly string[],
  outcome: PlannedOutcome | undefined,
): TouchedObjects {
  const keys = new Set(outcome?.objects.map(objectKey));
  const removed = new Set<string>();
  for (const text of statements) {
    for (const touch of readStatement(text).touches) {
      if (touch.effect !== "define" && touch.effect !== "remove" && touch.effect !== "alter") {
        continue;
      }
      const object: SchemaObject = touch.object;
      keys.add(objectKey(object));
      if (object.kind === "field") keys.add(objectKey({ ...object, name: `${object.name}.*` }));
      if (object.kind === "table" && touch.effect === "remove") removed.add(object.name);
    }
  }
  return { keys, removed };
}
