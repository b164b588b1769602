import type { Database } from "@surql/connection";
import { redactSecrets } from "@surql/surrealql";
import { collectFindings, type FindingSources, type PlacedFinding } from "../collect-findings.ts";
import type { PlanStep } from "../plan-step.ts";
import { cutFiner, type Cut } from "./cut-plan.ts";
import { failureFinding } from "./failure-finding.ts";
import { joinEvidence } from "./join-evidence.ts";
import type { NoRehearsal, RehearsedFailure, SchemaRehearsal } from "./schema-rehearsal.ts";
import { prepareRehearsal, type RehearsalPlan } from "./rehearsal-plan.ts";
import { notRehearsed, type RehearsalReport } from "./rehearsal-report.ts";
import { rehearsedOutcome, type RehearsedOutcome } from "./rehearsed-outcome.ts";
import { rehearseCuts, type SchemaRehearsalOptions } from "./rehearse-steps.ts";
import { rehearsedTouches } from "./rehearsed-touches.ts";

/** What a rehearsal is to be joined with. */
export interface GatherOptions extends SchemaRehearsalOptions, FindingSources {
  /** The command that tries the plan on the database itself. */
  readonly decide?: string | undefined;
}

/** What both kinds of evidence say. */
export interface GatheredEvidence {
  readonly findings: readonly PlacedFinding[];
  readonly report: RehearsalReport;
  /** What the plan did to the schema; left out when it was not rehearsed. */
  readonly outcome?: RehearsedOutcome | undefined;
}

/** How often a plan is run again to look closer at what is disputed. */
const rounds = 3;

/** How many records of each table a plan gets that fails without any. */
const fewRecords = 3;

/**
 * Rehearses a plan and joins what that shows with what reading found. Where the two do not agree, the plan is run
 * again with a look at the schema after each statement in question; where it fails for want of records, with a few.
 */
export async function gatherEvidence(
  db: Database,
  steps: readonly PlanStep[],
  read: readonly PlacedFinding[],
  options: GatherOptions,
): Promise<GatheredEvidence> {
  const plan = prepareRehearsal(steps, options.schema);
  let { cuts } = plan;
  let { sample } = options;
  for (let round = 1; ; round++) {
    let rehearsal = await rehearseCuts(db, plan, cuts, { ...options, sample });
    if (sample === undefined && lacksRecords(rehearsal)) {
      sample = fewRecords;
      rehearsal = await rehearseCuts(db, plan, cuts, { ...options, sample });
    }
    if (rehearsal.ground === "none") {
      return { findings: read, report: notRehearsed(rehearsal.why) };
    }
    const rehearsed = judgeRehearsal(plan, rehearsal, options);
    const failures = failuresIn(rehearsal, read, options);
    const { findings, disputed } = joinEvidence({ read, rehearsed, failures, rehearsal });
    const isCoarse = (cut: Cut, at: number): boolean => disputed.has(at) && cut.length > 1;
    if (round === rounds || !cuts.some(isCoarse)) {
      const outcome = rehearsedOutcome(rehearsal);
      return { findings, report: reportOn(plan, rehearsal, sample), outcome };
    }
    cuts = cutFiner(cuts, isCoarse, plan.limit);
  }
}

function lacksRecords(rehearsal: SchemaRehearsal | NoRehearsal): boolean {
  return rehearsal.ground === "scratch" && rehearsal.failures.some((one) => one.lacksRecords);
}

/** What the rules say about what the rehearsal showed. */
function judgeRehearsal(
  { steps, touches: read }: RehearsalPlan,
  rehearsal: SchemaRehearsal,
  { live, rules, direction }: GatherOptions,
): readonly PlacedFinding[] {
  const { touches, shown } = rehearsedTouches(read, rehearsal);
  return collectFindings(steps, touches, { live, rules, direction }).filter(
    ({ touch }) => touch !== undefined && shown.has(touch),
  );
}

/** A failure that reading foretold is told once. */
function failuresIn(
  { failures, ground }: SchemaRehearsal,
  read: readonly PlacedFinding[],
  { decide }: GatherOptions,
): readonly PlacedFinding[] {
  const isForetold = ({ statement, reason }: RehearsedFailure): boolean =>
    read.some(
      (one) =>
        one.statement === statement &&
        (one.finding.foretellsFailure === true ||
          (one.finding.code === "index_would_fail" && reason.includes("already contains"))),
    );
  return failures
    .filter((failure) => !isForetold(failure))
    .map((failure) => failureFinding(failure, { ground, decide }));
}

function reportOn(
  plan: RehearsalPlan,
  { ground, why, durationMs, omitted, unproven }: SchemaRehearsal,
  sample: number | undefined,
): RehearsalReport {
  return {
    ground,
    ...(why !== undefined && { why }),
    durationMs,
    omitted,
    unproven: plan.steps.flatMap(({ migration, statements }) =>
      statements.flatMap((statement) => {
        const reason = unproven.get(statement);
        return reason === undefined
          ? []
          : [{ migration, line: statement.line, why: redactSecrets(reason) }];
      }),
    ),
    ...(ground === "scratch" && sample !== undefined && { sample }),
  };
}
