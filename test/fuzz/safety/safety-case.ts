import fc from "fast-check";
import type { SafetyCase } from "./judge-script.ts";
import { randomDatabase } from "./random-database.ts";
import { randomDowns } from "./random-down.ts";
import { rename } from "./rename.ts";

/** A random database, and random scripts that run on it. */
export const safetyCase: fc.Arbitrary<SafetyCase> = fc
  .tuple(
    rename,
    fc.record({
      database: randomDatabase,
      downs: randomDowns,
    }),
  )
  .map(([renamed, { database, downs }]) => ({
    database: database.map(renamed),
    downs: downs.map(renamed),
  }));

/** As SurrealQL, to be run by hand. */
export function showCase({ database, downs }: SafetyCase): string {
  return [...database, ...downs.map((down) => `-- down\n${down}`)].join(";\n");
}
