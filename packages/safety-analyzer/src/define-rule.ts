import type { MigrationDirection } from "@surql/migration";
import type { ObjectReference, Statement, Touch } from "@surql/surrealql";
import type { DataAnswers, DataQuestion } from "./counting/data-question.ts";
import type { ActiveDefinition } from "./follow-definitions.ts";
import type { LiveSchema } from "./live-schema.ts";
import type { PlanStep } from "./plan-step.ts";
import type { Impact, IssueObject, RollbackSafety } from "./rollback-issue.ts";
import type { ObjectState } from "./schema-timeline.ts";

/** The words of an issue, once the data was counted. */
export interface Telling {
  readonly description: string;
  readonly affectedData?: string | undefined;
  readonly recommendation?: string | undefined;
  readonly impact?: Impact | undefined;
}

/** What a rule found, before anything was counted. */
export interface Finding {
  readonly safety: Exclude<RollbackSafety, "safe">;
  readonly code: string;
  readonly object?: IssueObject | undefined;
  /** What has to be counted to tell it exactly. */
  readonly asks?: readonly DataQuestion[] | undefined;
  /** Which of the questions decide whether it is an issue, the most telling first; all of them when left out. */
  readonly restsOn?: readonly DataQuestion[] | undefined;
  /**
   * Puts it in words. Answers are `undefined` where nothing could be counted;
   * returns `undefined` when the data shows that there is no issue.
   */
  readonly tell: (answers: DataAnswers) => Telling | undefined;
  /** Whether it stays an issue of its own when the plan later removes the object's whole table. */
  readonly outlivesTable?: boolean | undefined;
  /** Whether it says that the statement will fail, so that nobody needs to be told again. */
  readonly foretellsFailure?: boolean | undefined;
}

/** What a rule can look at beside the step itself. */
export interface StepContext {
  readonly step: PlanStep;
  readonly direction: MigrationDirection;
  /** The schema before the plan. */
  readonly live: LiveSchema;
}

/** One thing that a statement does, and everything around it. */
export interface TouchContext extends StepContext {
  readonly statement: Statement;
  readonly touch: Touch;
  /** Whether the statement does nothing else. */
  readonly isSole: boolean;
  /** An object as this touch meets it. */
  before(object: ObjectReference): ObjectState;
  /** An object as the plan leaves it. */
  atEnd(object: ObjectReference): ObjectState;
  /** The events that a write to the table would set off. */
  eventsOn(table: string): readonly ActiveDefinition[];
  /** The fields of the table, whose `DEFAULT`, `VALUE` and `ASSERT` a write would run. */
  fieldsOn(table: string): readonly ActiveDefinition[];
  /** Whether statements before this one change records of the table; of any table when it is left out. */
  writtenBefore(table?: string): boolean;
  /** Whether the plan takes the field out of every record of the table, and when. */
  clears(table: string, field: string): "before" | "later" | undefined;
}

/** A rule of the safety analysis. It decides; the analysis counts and puts the pieces together. */
export interface SafetyRule {
  /** Kebab case, unique among the rules in use. */
  readonly name: string;
  /** The codes that its findings can have. */
  readonly codes: readonly string[];
  /** Called once for everything that a statement does. */
  judgeTouch?(context: TouchContext): readonly Finding[];
  /** Called once for every step. */
  judgeStep?(context: StepContext): readonly Finding[];
}

/**
 * Declares a rule. The built-in rules are written with it too, one per file.
 *
 * @example
 * ```ts
 * const noEvents = defineRule({
 *   name: "no-events",
 *   codes: ["event_added"],
 *   judgeTouch({ touch }) {
 *     if (touch.effect !== "define" || touch.object.kind !== "event") return [];
 *     const { table, name } = touch.object;
 *     return [{
 *       safety: "data_loss",
 *       code: "event_added",
 *       object: { kind: "event", table, name },
 *       tell: () => ({ description: `Events are not wanted here: ${name}.` }),
 *     }];
 *   },
 * });
 * await analyzeSteps(db, steps, { rules: [...builtInRules, noEvents] });
 * ```
 */
export function defineRule(rule: SafetyRule): SafetyRule {
  return rule;
}
