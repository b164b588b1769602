import { clausesOf } from "@surql/surrealql";
import { differences } from "../differences.ts";
import { displayType } from "../display-type.ts";

/**
 * Whether two definitions of one object differ in nothing but the order of their clauses and the spelling of types (`option<int>`,
 * `none | int`). What cannot be told without an engine is not the same.
 */
export function haveSameClauses(one: string, other: string): boolean {
  const differing = differences(clausesOf(one), clausesOf(other));
  return differing.every(
    ([word, old, now]) =>
      word === "TYPE" &&
      old !== undefined &&
      now !== undefined &&
      displayType(old) === displayType(now),
  );
}
