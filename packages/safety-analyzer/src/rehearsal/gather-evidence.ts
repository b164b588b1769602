import type { Database } from "@surql/connection";
import { redactSecrets } from "@surql/surrealql";
import { collectFindings, type FindingSources, type PlacedFinding } from "../collect-findings.ts";
import type { PlanStep } from "../plan-step.ts";
import { cutFiner, type Cut } from "./cut-plan.ts";
import { failureFinding } from "./failure-finding.ts";
import { joinEvidence } from "./join-evidence.ts";
import type { SchemaRehearsal } from "./schema-rehearsal.ts";
import { prepareRehearsal, type RehearsalPlan } from "./rehearsal-plan.ts";
import { notRehearsed, type RehearsalReport } from "./rehearsal-report.ts";
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
}

/** How often a plan is run again to look closer at what is disputed. */
const rounds = 3;

/**
 * Rehearses a plan and joins what that shows with what reading found. Where the two do not agree, the plan is run
 * again with a look at the schema after each statement in question.
 */
export async function gatherEvidence(
  db: Database,
  steps: readonly PlanStep[],
  read: readonly PlacedFinding[],
  options: GatherOptions,
): Promise<GatheredEvidence> {
  const plan = prepareRehearsal(steps, options.schema);
  let { cuts } = plan;
  for (let round = 1; ; round++) {
    const rehearsal = await rehearseCuts(db, plan, cuts, options);
    if (rehearsal.ground === "none") {
      return { findings: read, report: notRehearsed(rehearsal.why) };
    }
    const rehearsed = judgeRehearsal(plan, rehearsal, options);
    const { findings, disputed } = joinEvidence({ read, rehearsed, rehearsal });
    const isCoarse = (cut: Cut, at: number): boolean => disputed.has(at) && cut.length > 1;
    if (round === rounds || !cuts.some(isCoarse)) {
      return {
        findings: [...findings, ...failuresIn(rehearsal, read, options)],
        report: reportOn(plan, rehearsal, options.sample),
      };
    }
    cuts = cutFiner(cuts, isCoarse, plan.limit);
  }
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
  { sample = 0, decide }: GatherOptions,
): readonly PlacedFinding[] {
  const foretold = new Set(
    read.flatMap(({ finding, statement }) => (finding.foretellsFailure ? [statement] : [])),
  );
  return failures
    .filter(({ statement }) => !foretold.has(statement))
    .map((failure) => failureFinding(failure, { ground, hasSample: sample > 0, decide }));
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
