import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { captureSchema, compareSchemas, type Schema } from "@surql/snapshot";
import type { Statement } from "@surql/surrealql";
import { readLiveSchema } from "../live-schema.ts";
import { mayReadWhole } from "../may-read-whole.ts";
import type { PlanStep } from "../plan-step.ts";
import { copySample } from "./copy-sample.ts";
import type { Cut } from "./cut-plan.ts";
import { liveGround, scratchGround, type Ground } from "./ground.ts";
import { leftOutLive } from "./left-out-live.ts";
import { leftOutScratch } from "./left-out-scratch.ts";
import { prepareRehearsal, type RehearsalPlan } from "./rehearsal-plan.ts";
import { rebuildSchema } from "./rebuild-schema.ts";
import type { NoRehearsal, SchemaRehearsal } from "./schema-rehearsal.ts";
import { touchedTables } from "./touched-tables.ts";
import { tryPlan } from "./try-plan.ts";

/** How a plan is rehearsed. */
export interface SchemaRehearsalOptions {
  /** The live schema. */
  readonly schema: Schema;
  /** How many records to copy of each table that the plan may touch; none when left out. */
  readonly sample?: number | undefined;
  /** Statements behind which a segment ends, as far as there are not too many of them; where reading does not tell all unless told. */
  readonly ends?: ReadonlySet<Statement> | undefined;
}

/** Longest that a statement of a plan may take there, which may loop or sleep. */
const statementLimit = "5s";

/**
 * Runs a plan where it can do no harm, and looks at what it does to the schema: in a scratch engine with the live
 * schema, or, where none is installed, in a transaction on the database that is always cancelled. There only
 * statements are run that change nothing but the schema, and no index is built.
 *
 * Of the database itself, only the sample is read. A scratch engine has no network, and made-up secrets.
 *
 * @param db The database that the plan is meant for.
 * @param steps The scripts, in the order in which they would run.
 * @returns `ground: "none"`, and why, where neither can be had.
 * @throws What the connection throws when the sample cannot be read.
 * @example
 * ```ts
 * const rehearsal = await rehearseSteps(db, steps, { schema: await captureSchema(db) });
 * if (rehearsal.ground !== "none") console.log(rehearsal.segments.flatMap(({ changes }) => changes));
 * ```
 */
export async function rehearseSteps(
  db: Database,
  steps: readonly PlanStep[],
  options: SchemaRehearsalOptions,
): Promise<SchemaRehearsal | NoRehearsal> {
  const plan = prepareRehearsal(steps, options.schema, options.ends);
  return rehearseCuts(db, plan, plan.cuts, options);
}

/** The same for a plan that is cut already. */
export async function rehearseCuts(
  db: Database,
  plan: RehearsalPlan,
  cuts: readonly Cut[],
  options: SchemaRehearsalOptions,
): Promise<SchemaRehearsal | NoRehearsal> {
  const began = performance.now();
  const scratch = await openScratch(db);
  if ("ground" in scratch) return rehearseLive(db, plan, cuts, scratch.why);
  await using open = scratch;
  const { schema, sample } = options;
  const refused = await rebuildSchema(open, schema);
  const isSameVersion = release(open) === release(db);
  if (!isSameVersion && refused.length > 0) {
    const why = `The scratch engine is ${open.target.engineVersion}, which cannot hold ${refused[0]} of a ${db.target.engineVersion}.`;
    return await rehearseLive(db, plan, cuts, why);
  }
  const before = await captureSchema(open);
  const missing = isSameVersion ? compareSchemas(schema, before).map(({ path }) => path) : refused;
  const uncopied = sample === undefined ? [] : await copyTouched(db, open, plan, sample);
  await limitTime(open);
  const omitted = [...missing, ...uncopied];
  try {
    return await finish(scratchGround(open), plan, cuts, before, { omitted, began, on: open });
  } catch (error) {
    // Such as when code that the plan sets off removes the whole database.
    return { ground: "none", why: `The schema could not be read after it: ${reasonOf(error)}` };
  }
}

/** Copies records of the tables that the plan may deal with; the tables of which none could be copied. */
async function copyTouched(
  db: Database,
  scratch: Database,
  { touches, schema }: RehearsalPlan,
  sample: number,
): Promise<readonly string[]> {
  const live = readLiveSchema(schema);
  const wanted = [...touchedTables(touches, schema)];
  const unread = wanted.filter((table) => !mayReadWhole(table, live));
  const copied = new Set(wanted.filter((table) => !unread.includes(table)));
  return [...unread, ...(await copySample(db, scratch, schema, copied, sample))];
}

async function openScratch(db: Database): Promise<Database | NoRehearsal> {
  try {
    return await db.openScratch();
  } catch (error) {
    return { ground: "none", why: reasonOf(error) };
  }
}

async function rehearseLive(
  db: Database,
  plan: RehearsalPlan,
  cuts: readonly Cut[],
  whyNoScratch: string,
): Promise<SchemaRehearsal | NoRehearsal> {
  if (!db.target.interactiveTransactions) return { ground: "none", why: whyNoScratch };
  const began = performance.now();
  return db.rehearse(async (trial) => {
    const before = await captureSchema(trial);
    const rehearsal = await finish(liveGround(trial), plan, cuts, before, {
      omitted: [],
      began,
      on: db,
    });
    return { ...rehearsal, why: whyNoScratch };
  });
}

async function finish(
  ground: Ground,
  plan: RehearsalPlan,
  cuts: readonly Cut[],
  before: Schema,
  { omitted, began, on }: { omitted: readonly string[]; began: number; on: Database },
): Promise<SchemaRehearsal> {
  const isLive = ground.kind === "live";
  const trying = await tryPlan(ground, cuts, {
    before,
    leavesOut: isLive ? leftOutLive(plan) : leftOutScratch(plan),
    meaningOf: plan.meaningOf(omitted, isLive),
  });
  const { engineVersion } = on.target;
  const durationMs = performance.now() - began;
  return { ground: ground.kind, ...trying, omitted, engineVersion, durationMs };
}

/** What is no failure of the engine is thrown on. */
function reasonOf(error: unknown): string {
  if (!isSurqlError(error)) throw error;
  return error.message;
}

/** An engine that does not know the statement has no limit. */
async function limitTime(scratch: Database): Promise<void> {
  await scratch.query(`ALTER SYSTEM QUERY_TIMEOUT ${statementLimit}`).catch(() => undefined);
}

/** `3.0` */
function release({ target }: Database): string {
  return target.engineVersion.split(".", 2).join(".");
}
