import type { Touch } from "@surql/surrealql";
import { isSchemaTouch } from "./change-touch.ts";

/** A query, a path along edges, a record's id, or code that may hold one. What looks like it counts too. */
const mayRead = /\bselect\b|->|<-|\brecord::|\bfn::|[\w`⟩]:[^:\s]/i;

/** Whether what a text does may depend on records. */
export function mayReadRecords(text: string): boolean {
  return mayRead.test(text);
}

/** Whether a statement may do something else, or fail, where there are other records. */
export function dependsOnRecords(text: string, touches: readonly Touch[]): boolean {
  return touches.some((touch) => {
    if (touch.effect === "call" || touch.effect === "unknown") return true;
    if (touch.effect === "write" && touch.verb !== "create") return true;
    return (touch.conditional === true || !isSchemaTouch(touch)) && mayReadRecords(text);
  });
}
