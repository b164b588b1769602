import { replayMigration } from "@surql/executor";
import type { Migration } from "@surql/migration";
import { captureSchema, type Schema } from "@surql/snapshot";
import type { Ground } from "./lineage.ts";
import type { MigrationProof, RecordChange, Verdict } from "./proof.ts";
import { fillGround } from "./records/fill-ground.ts";
import type { FillOptions } from "./records/fill-tables.ts";
import { isPlain } from "./run/is-plain.ts";
import { applyDefinitions } from "./run/apply-definitions.ts";
import { refusalOf } from "./run/refusal-of.ts";
import { proveAtOnce } from "./run/prove-at-once.ts";
import { failed, runThrough, type Result } from "./run/run-through.ts";
import type { ScratchEngines } from "./run/scratch-engines.ts";
import { concernedTables } from "./schema/concerned-tables.ts";
import { cutSchema } from "./schema/cut-schema.ts";
import { openGround, type OpenGround } from "./schema/open-ground.ts";
import { tryPreserved } from "./verdict/try-preserved.ts";

/** What a migration is proved with. */
export interface ProveOptions extends FillOptions {
  readonly engines: ScratchEngines;
}

/** What came of proving a migration, and the schema behind it; `undefined` when up fails. */
export interface Proved {
  readonly proof: MigrationProof;
  readonly after: Schema | undefined;
}

type Schemaful = Extract<Ground, { kind: "schema" }>;

/** Runs a migration up, down and up again on the schema before it, and compares. */
export async function proveMigration(
  migration: Migration,
  ground: Ground,
  options: ProveOptions,
): Promise<Proved> {
  const began = performance.now();
  const { version, description, checksum } = migration;
  const { after, ...result } = await findResult(migration, ground, options);
  const durationMs = performance.now() - began;
  const nothing = { records: 0, changes: [], schema: [], unfilled: [] };
  return {
    after,
    proof: { version, description, checksum, ...nothing, ...result, durationMs },
  };
}

async function findResult(
  migration: Migration,
  ground: Ground,
  options: ProveOptions,
): Promise<Result> {
  if (ground.kind === "blocked") {
    return failed({
      reason: `The schema before it cannot be made: the up script of ${ground.by} fails.`,
    });
  }
  const { schema } = ground;
  const concerned = concernedTables(migration, schema);
  const refusal = refusalOf(migration, cutSchema(schema, concerned));
  if (refusal !== undefined) return failed(refusal);
  const result =
    (await proveAtOnce(migration, { ...options, options, whole: schema, concerned })) ??
    (await proveInSteps(migration, ground, options));
  if (result.verdict !== "loses" || result.changes?.every(mayBeKept) !== true) return result;

  await using open = await openFilled(migration, ground, options);
  const { isLossless, reason } = await tryPreserved(open.scratch, migration);
  const verdict: Verdict = isLossless ? "lossless_with_preserve" : "loses";
  return { ...result, verdict, ...(reason !== undefined && { preserveFailed: reason }) };
}

async function proveInSteps(
  migration: Migration,
  ground: Schemaful,
  options: ProveOptions,
): Promise<Result> {
  await using open = await openFilled(migration, ground, options);
  const { records } = open.filling;
  const result: Result = { ...open.filling, ...(await runThrough(migration, open)) };
  const { failure } = result;
  if (result.after !== undefined || failure === undefined) return result;
  const after = records === 0 ? undefined : await applyOnly(options.engines, migration, ground);
  return after === undefined
    ? { ...result, after: await applyDefinitions(options.engines, migration, ground) }
    : { ...result, after, failure: { ...failure, runsOnEmptyTables: true } };
}

/** The schema before a migration, with records. */
async function openFilled(
  migration: Migration,
  ground: Schemaful,
  options: ProveOptions,
): Promise<OpenGround & { readonly filling: Pick<MigrationProof, "records" | "unfilled"> }> {
  const open = await openGround(options.engines, migration, ground);
  if (!isPlain(migration)) await options.engines.limit(open.scratch);
  return { ...open, filling: await fillGround(open.scratch, open.schema, options) };
}

/** Makes the schema behind a migration, without records; `undefined` when its up script fails. */
export async function applyOnly(
  engines: ScratchEngines,
  migration: Migration,
  ground: Schemaful,
): Promise<Schema | undefined> {
  await using open = await openGround(engines, migration, ground);
  const failure = await replayMigration(open.scratch, migration, "up");
  if (failure !== undefined) return undefined;
  const after = open.paste(await captureSchema(open.scratch));
  open.release();
  return after;
}

/** A rollback keeps what down takes. What up took is gone before it. */
function mayBeKept({ change, by }: RecordChange): boolean {
  return by === "down" || change === "added";
}
