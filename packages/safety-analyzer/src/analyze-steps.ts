import type { Database } from "@surql/connection";
import type { MigrationDirection } from "@surql/migration";
import { captureSchema, type Schema } from "@surql/snapshot";
import { refuseInvalidPolicies } from "./check-policies.ts";
import { collectFindings, withoutHandled, type FindingSources } from "./collect-findings.ts";
import { countData } from "./counting/count-data.ts";
import { noAnswers } from "./counting/data-question.ts";
import type { SafetyRule } from "./define-rule.ts";
import { invalidRowBudget } from "./errors.ts";
import { findAssumptions } from "./find-assumptions.ts";
import { forbiddenIn } from "./find-forbidden.ts";
import { readLiveSchema } from "./live-schema.ts";
import { mayReadWhole } from "./may-read-whole.ts";
import type { PlanStep } from "./plan-step.ts";
import { planTrial } from "./plan-trial.ts";
import { readPlan, type PlannedTouch } from "./read-plan.ts";
import { gatherEvidence, type GatheredEvidence } from "./rehearsal/gather-evidence.ts";
import { notRehearsed } from "./rehearsal/rehearsal-report.ts";
import { builtInRules } from "./rules/index.ts";
import type { SafetyPolicy } from "./safety-policy.ts";
import { verdictOn, type SafetyVerdict } from "./safety-verdict.ts";
import { settle } from "./settle.ts";
import { trialStatements } from "./trial-statements.ts";

/** How a plan is judged. */
export interface AnalysisOptions {
  /** The rules to judge by; {@link builtInRules} when left out. */
  readonly rules?: readonly SafetyRule[] | undefined;
  /** The schema before the plan. {@link analyzeSteps} captures it when left out. */
  readonly schema?: Schema | undefined;
  /** Which way the scripts run; `down` when left out. */
  readonly direction?: MigrationDirection | undefined;
  /** Codes that the caller takes care of itself, such as `index_hazard`. They are no issues then. */
  readonly handles?: readonly string[] | undefined;
  /**
   * Whether {@link analyzeSteps} runs the plan where it can do no harm, and compares what it did with what reading
   * says; not unless told. See {@link rehearseSteps}.
   */
  readonly rehearse?: boolean | RehearseOptions | undefined;
  /**
   * Of a table with more records than this, only so many are looked at: then numbers are estimates, with
   * `exact: false` and the size of the sample. 100,000 unless told.
   */
  readonly rowBudget?: number | undefined;
  /** What was decided about issues beforehand: see {@link applyPolicies}. */
  readonly policies?: readonly SafetyPolicy[] | undefined;
}

/** How a plan is rehearsed before it is judged. */
export interface RehearseOptions {
  /** How many records of each table to copy for it, so that statements that deal with records meet some; none unless told. */
  readonly sample?: number | undefined;
  /** The command that tries the plan on the database itself, for recommendations. */
  readonly decide?: string | undefined;
}

/** A table of this size is counted in about a second, and its writes are tried in a few. */
const defaultRowBudget = 100_000;

/**
 * Judges what scripts would cost, from their text and the schema alone: nothing is asked, nothing counted.
 *
 * @param steps The scripts, in the order in which they would run.
 * @param options `schema` makes the verdict sharper: without it, nothing is taken to be absent.
 * @throws `SAFETY.INVALID_POLICY`.
 * @example
 * ```ts
 * judgeSteps([{ migration: "20260109_120000", statements: splitStatements("REMOVE TABLE user") }]).overallSafety; // "unsafe"
 * ```
 */
export function judgeSteps(
  steps: readonly PlanStep[],
  options: AnalysisOptions = {},
): SafetyVerdict {
  const { rules = builtInRules, policies = [], schema, direction = "down" } = options;
  refuseInvalidPolicies(policies, rules);
  const plan = readPlan(steps);
  const live = readLiveSchema(schema);
  const findings = collectFindings(steps, plan, { rules, live, direction });
  const wanted = withoutHandled(findings, options.handles);
  return verdictOn(plan, settle(wanted, noAnswers), options);
}

/**
 * Judges what scripts would cost on a database: what they say, the schema that they meet, and
 * exact counts of the data concerned. Writes nothing: what records would be refused is tried in a transaction
 * that is always cancelled.
 *
 * @param db The database that the scripts would run on; `undefined` gives {@link judgeSteps}.
 * @param steps The scripts, in the order in which they would run: for a rollback, newest first.
 * @throws `SAFETY.INVALID_POLICY`, `SAFETY.INVALID_ROW_BUDGET`, and what the connection throws when the database cannot be asked.
 * @example
 * ```ts
 * const { issues } = await analyzeSteps(db, [
 *   { migration: "20260109_120000", statements: splitStatements("REMOVE FIELD bio ON TABLE user;") },
 * ]);
 * issues[0]?.affectedData; // "812 values of user.bio"
 * ```
 */
export async function analyzeSteps(
  db: Database | undefined,
  steps: readonly PlanStep[],
  options: AnalysisOptions = {},
): Promise<SafetyVerdict> {
  if (db === undefined) return judgeSteps(steps, options);
  const { rules = builtInRules, policies = [] } = options;
  refuseInvalidPolicies(policies, rules);
  const { rowBudget = defaultRowBudget } = options;
  if (!Number.isSafeInteger(rowBudget) || rowBudget < 1) throw invalidRowBudget(rowBudget);
  const schema = options.schema ?? (await captureSchema(db));
  const live = readLiveSchema(schema);
  const plan = readPlan(steps);
  const sources = { ...options, rules, schema, live };
  const { findings, report, outcome } = await gather(db, steps, plan, sources);
  const wanted = withoutHandled(findings, options.handles);
  const questions = wanted.flatMap(({ finding }) => finding.asks ?? []);
  const answers = await countData(db, questions, {
    rowBudget,
    statementsFor: trialStatements(steps, schema),
    trialOf: (tooLarge) => planTrial(steps, schema, tooLarge),
    mayReadWhole: (table) => mayReadWhole(table, live),
  });
  return {
    ...verdictOn(plan, settle(wanted, answers), options),
    assumptions: findAssumptions(wanted, answers, live),
    ...(report && { rehearsal: report }),
    ...(outcome && { outcome }),
  };
}

/** Lets the rules judge what is said and, where that is wanted, what a rehearsal shows. */
async function gather(
  db: Database,
  steps: readonly PlanStep[],
  plan: readonly PlannedTouch[],
  { rules, schema, live, direction = "down", rehearse = false }: AnalysisOptions & GivenSources,
): Promise<
  Partial<Pick<GatheredEvidence, "report" | "outcome">> & Pick<GatheredEvidence, "findings">
> {
  const findings = collectFindings(steps, plan, { rules, live, direction });
  const isEmpty = steps.every(({ statements }) => statements.length === 0);
  if (rehearse === false || isEmpty) return { findings };
  if (forbiddenIn(plan).length > 0) return { findings, report: notRehearsed(holdsForbidden) };
  const options = rehearse === true ? {} : rehearse;
  return gatherEvidence(db, steps, findings, { ...options, rules, schema, live, direction });
}

type GivenSources = Pick<FindingSources, "rules" | "live"> & { readonly schema: Schema };
const holdsForbidden = "It holds statements that surql never runs.";
