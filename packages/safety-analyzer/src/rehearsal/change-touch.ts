import type { SchemaChange } from "@surql/snapshot";
import { readStatement, type Touch } from "@surql/surrealql";

/** A touch of the kinds that change the schema. */
export type SchemaTouch = Extract<Touch, { effect: "define" | "remove" | "alter" }>;

/** Whether a touch is one that a difference of schemas can show. */
export function isSchemaTouch(touch: Touch): touch is SchemaTouch {
  return touch.effect === "define" || touch.effect === "remove" || touch.effect === "alter";
}

/**
 * What a statement would say that makes one change of a schema; `undefined` for what the engine writes in a way
 * that cannot be read.
 */
export function changeTouch({ change, before, after }: SchemaChange): SchemaTouch | undefined {
  const definition = after ?? before;
  const touch = readStatement(definition ?? "").touches.find((one) => one.effect === "define");
  if (touch === undefined) return undefined;
  if (change === "removed") return { effect: "remove", object: touch.object, ifExists: false };
  return { ...touch, mode: change === "modified" ? "overwrite" : "plain" };
}
