import fc from "fast-check";
import type { SafetyCase } from "./judge-script.ts";
import { randomDatabase } from "./random-database.ts";
import { randomDown } from "./random-down.ts";

/** A random database, and a random script that runs on it. */
export const safetyCase: fc.Arbitrary<SafetyCase> = fc.record({
  database: randomDatabase,
  down: randomDown,
});
