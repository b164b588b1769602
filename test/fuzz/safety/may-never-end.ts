import { readStatement, splitStatements, type Touch } from "@surql/surrealql";
import type { SafetyCase } from "./judge-script.ts";

/**
 * Whether running scripts may kill the engine, and the fuzzer with it: when functions call themselves, taken together
 * all that are ever defined. Such scripts are judged and not run.
 */
export function mayNeverEnd({ database, downs }: SafetyCase): "database" | "downs" | undefined {
  if (callsItself(database)) return "database";
  return callsItself([...database, ...downs]) ? "downs" : undefined;
}

function callsItself(scripts: readonly string[]): boolean {
  const calls = new Map<string, Set<string>>();
  const collect = (touches: readonly Touch[]): void => {
    for (const touch of touches) {
      if (touch.effect !== "define" || touch.object.kind !== "function") continue;
      const { touches: inside } = readStatement(touch.clauses["BODY"] ?? "");
      const called = calls.get(touch.object.name) ?? new Set();
      for (const one of inside) if (one.effect === "call") called.add(one.name);
      calls.set(touch.object.name, called);
      collect(inside);
    }
  };
  for (const { text } of scripts.flatMap((script) => splitStatements(script))) {
    collect(readStatement(text).touches);
  }
  const comesTo = (name: string, wanted: string, seen: Set<string>): boolean =>
    [...(calls.get(name) ?? [])].some(
      (next) => next === wanted || (!seen.has(next) && comesTo(next, wanted, seen.add(next))),
    );
  return [...calls.keys()].some((name) => comesTo(name, name, new Set()));
}
