import type { Schema } from "@surql/snapshot";
import { redactSecrets, type ObjectReference, type Touch } from "@surql/surrealql";
import { closurePassingIn } from "./closure-passing.ts";
import { codeSetOff, definitionsIn, type CodeSetOff } from "./code-set-off.ts";
import type { TouchContext } from "./define-rule.ts";
import { readLiveSchema } from "./live-schema.ts";
import type { PlanStep } from "./plan-step.ts";
import { readPlan } from "./read-plan.ts";
import { buildTimeline, isGone, tableOf } from "./schema-timeline.ts";
import { isStoredCall, storedEffects, type StoredEffects } from "./stored-code.ts";
import { suspectCode, suspectCodeUnder, type SuspectCode } from "./suspect-code.ts";
import { touchContexts } from "./touch-contexts.ts";
import { kindWord, pathOf } from "./wording.ts";

/** Something that a plan may do and that cancelling its transaction does not undo. */
export interface OutsideEffect {
  readonly migration: string;
  /** Line in the migration's file, from 1. */
  readonly line: number;
  /** The statement that does it or sets it off, secrets taken out. */
  readonly statement: string;
  /** What is done: `calls http::post`. */
  readonly does: string;
  /** The stored code that does it: `the event user.notify`. Left out when the statement itself does. */
  readonly by?: string | undefined;
  /** Set for a call that may never end, which kills the engine wherever it is tried, and this process with an embedded one. */
  readonly endless?: true | undefined;
}

/**
 * Finds what a plan may do outside of its transaction: calls of `http::*`, sequences, files and scripts; code that
 * cannot be read; indexes that are built inside of blocks or code, since what a build writes stays (docs/engine.md);
 * functions and closures that call themselves, since the engine dies of one that does not end.
 *
 * Stored code is followed: functions that are called, events and fields of the tables that are written to, what
 * those write to in turn, and computed fields, views and analyzers. What may run counts as if it did. An index
 * that a statement by itself defines is not among them: whoever runs the plan can leave it out.
 *
 * @param steps The scripts, in the order in which they would run.
 * @param schema The schema before the plan.
 * @returns In the order of the plan, each once for every statement.
 * @example
 * ```ts
 * const [effect] = outsideEffects(steps, await captureSchema(db));
 * if (effect !== undefined) console.log(`${effect.statement}: ${effect.by} ${effect.does}`);
 * ```
 */
export function outsideEffects(
  steps: readonly PlanStep[],
  schema: Schema,
): readonly OutsideEffect[] {
  const plan = readPlan(steps);
  const live = readLiveSchema(schema);
  const timeline = buildTimeline(
    plan.map(({ touch }) => touch),
    live,
  );
  const suspects = [
    ...suspectCode(live),
    // A function that the plan defines anew changes what the code does that calls it.
    ...(plan.some(({ touch }) => definesFunction(touch))
      ? suspectCodeUnder(live, (one) => timeline.atEnd(one).clauses)
      : []),
  ];
  const found = new Map<string, OutsideEffect>();
  for (const context of touchContexts(plan, { direction: "down", live, timeline })) {
    const { step, statement } = context;
    for (const { does, object, endless } of effectsOf(context, suspects)) {
      const effect = {
        migration: step.migration,
        line: statement.line,
        statement: redactSecrets(statement.text),
        does,
        ...(object && { by: `the ${kindWord(object.kind)} ${pathOf(object)}` }),
        ...(endless && { endless }),
      };
      found.set(JSON.stringify(effect), effect);
    }
  }
  return [...found.values()];
}

function definesFunction(touch: Touch): boolean {
  return touch.effect === "define" && touch.object.kind === "function";
}

interface Effect {
  readonly does: string;
  readonly object?: ObjectReference;
  readonly endless?: true;
}

function effectsOf(context: TouchContext, suspects: readonly SuspectCode[]): readonly Effect[] {
  const { touch, statement } = context;
  const isNested = !/^(?:define|rebuild)\b/i.test(statement.text);
  const effects: Effect[] = outsideOf(touch, isNested).map((does) => ({ does }));
  const passing = touch.effect === "define" ? undefined : closurePassingIn(statement);
  if (passing !== undefined) effects.push({ does: passing, endless: true });
  const add = (object: ObjectReference, code: StoredEffects): void => {
    effects.push(...outsideOfCode(code).map((does) => ({ does, object })));
    effects.push(...code.endless.map((does) => ({ does, object, endless: true as const })));
  };
  if (touch.effect === "define" || touch.effect === "alter") {
    // Whether such a definition holds when something later meets it, reading cannot tell.
    const runsUnseen = touch.conditional || "COMPUTED" in touch.clauses || "AS" in touch.clauses;
    const holdsCode = ["event", "field", "function", "table"].includes(touch.object.kind);
    if (touch.object.kind === "analyzer" || (runsUnseen && holdsCode)) {
      add(touch.object, codeIn(touch, context));
    }
  }
  const written = new Set<string>();
  for (const code of reached(context, suspects, written)) add(code.object, code.effects);
  for (const table of written) {
    if (hidesEvents(table, context)) {
      effects.push({ does: `writes to ${table}, whose events are not known` });
    }
  }
  return effects;
}

function codeIn(
  { object, clauses }: Touch & { readonly effect: "define" | "alter" },
  context: TouchContext,
): StoredEffects {
  const definitionOf = definitionsIn(context);
  return storedEffects(object, (one) => (one === object ? clauses : definitionOf(one)));
}

/** The code that is set off, what that sets off in turn, and the tables that it all writes to. */
export function* reached(
  context: TouchContext,
  suspects: readonly SuspectCode[],
  written: Set<string>,
  seen: Set<string> = new Set(),
): Iterable<Pick<CodeSetOff, "object" | "effects">> {
  const { touch } = context;
  if (touch.effect === "write") for (const table of touch.tables ?? []) written.add(table);
  for (const code of [...codeSetOff(context), ...suspects.filter((one) => one.setOffBy(touch))]) {
    const key = JSON.stringify([code.object, code.effects.endless]);
    if (seen.has(key)) continue;
    seen.add(key);
    yield code;
    for (const next of code.effects.touches) {
      yield* reached({ ...context, touch: next }, suspects, written, seen);
    }
  }
}

/** Whether a write to a table may set off events that the schema does not tell of. */
export function hidesEvents(table: string, context: TouchContext): boolean {
  if (context.live.covers({ kind: "event", table, name: "" })) return false;
  const state = context.before(tableOf(table));
  return !isGone(state) && state.origin !== "plan";
}

function outsideOfCode({ touches, missing }: StoredEffects): readonly string[] {
  return [
    ...touches.flatMap((touch) => outsideOf(touch, true)),
    ...missing.map((name) => `runs ${name}, whose code is not known`),
  ];
}

function outsideOf(touch: Touch, isNested: boolean): readonly string[] {
  if (touch.effect === "call") return isStoredCall(touch.name) ? [] : [`calls ${touch.name}`];
  if (touch.effect === "unknown") return [`holds what could not be read, at ${touch.at}`];
  if (touch.effect === "control") {
    return ["RETURN", "SLEEP"].includes(touch.word) ? [] : [`holds ${touch.word}`];
  }
  const builds = touch.effect === "define" || touch.effect === "rebuild";
  if (!builds || touch.object.kind !== "index" || !isNested) return [];
  return [`builds the index ${pathOf(touch.object)} inside of other code`];
}
