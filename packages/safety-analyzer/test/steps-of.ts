import { splitStatements } from "@surql/surrealql";
import type { PlanStep } from "../src/index.ts";

/** Scripts as steps of a plan, newest first: the first is version `1`. */
export function stepsOf(...scripts: readonly string[]): readonly PlanStep[] {
  return scripts.map((script, index) => ({
    migration: String(index + 1),
    statements: splitStatements(script),
  }));
}
