export { approvedLosses } from "./approved-losses.ts";
export {
  analyzeSteps,
  judgeSteps,
  type AnalysisOptions,
  type RehearseOptions,
} from "./analyze-steps.ts";
export type { Assumption } from "./assumption.ts";
export { checkPolicies, type PolicyProblem } from "./check-policies.ts";
export { checkSyntax, refuseInvalid, type InvalidStatement } from "./check-syntax.ts";
export type { DataAnswers, DataQuestion, DuplicateAnswer } from "./counting/data-question.ts";
export { duplicateQuery, type DuplicateSummary } from "./counting/duplicate-groups.ts";
export {
  defineRule,
  type Finding,
  type SafetyRule,
  type StepContext,
  type Telling,
  type TouchContext,
} from "./define-rule.ts";
export { findForbidden, refuseForbidden, type ForbiddenStatement } from "./find-forbidden.ts";
export { findGround } from "./find-ground.ts";
export { objectKey, type GroundObject, type SchemaObject } from "./ground-object.ts";
export { judgeInSequence } from "./judge-in-sequence.ts";
export {
  readLiveSchema,
  type Clauses,
  type LiveDefinition,
  type LiveSchema,
} from "./live-schema.ts";
export { mayReadWhole } from "./may-read-whole.ts";
export { outsideEffects, type OutsideEffect } from "./outside-effects.ts";
export type { PlanStep } from "./plan-step.ts";
export { canTouch, relationEnds, type RelationEnds } from "./relation-ends.ts";
export { storedEffects, type StoredEffects } from "./stored-code.ts";
export type {
  SchemaRehearsal,
  NoRehearsal,
  RehearsedFailure,
  RehearsedSegment,
} from "./rehearsal/schema-rehearsal.ts";
export type { RehearsalReport, UnprovenStatement } from "./rehearsal/rehearsal-report.ts";
export { rebuildSchema } from "./rehearsal/rebuild-schema.ts";
export { rehearsedOutcome, type RehearsedOutcome } from "./rehearsal/rehearsed-outcome.ts";
export { rehearseSteps, type SchemaRehearsalOptions } from "./rehearsal/rehearse-steps.ts";
export {
  worstSafety,
  type AppliedPolicy,
  type Evidence,
  type Impact,
  type IssueCode,
  type IssueObject,
  type RollbackIssue,
  type RollbackSafety,
} from "./rollback-issue.ts";
export { builtInRules } from "./rules/index.ts";
export { applyPolicies, type SafetyPolicy } from "./safety-policy.ts";
export { overallVerdict, type OverallVerdict, type SafetyVerdict } from "./safety-verdict.ts";
export type { ObjectState, Origin } from "./schema-timeline.ts";
