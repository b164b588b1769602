import { replayMigration } from "@surql/executor";
import type { Migration } from "@surql/migration";
import { captureSchema, tablesOf, type Schema } from "@surql/snapshot";
import type { Ground } from "./lineage.ts";
import type { MigrationProof, RecordChange, Verdict } from "./proof.ts";
import { fillGround } from "./records/fill-ground.ts";
import type { FillOptions } from "./records/fill-tables.ts";
import { isPlain } from "./run/is-plain.ts";
import { applyDefinitions } from "./run/apply-definitions.ts";
import { refusalOf } from "./run/refusal-of.ts";
import { fitsOneText, runAtOnce } from "./run/run-at-once.ts";
import { failed, irreversibleReason, runThrough, type Result } from "./run/run-through.ts";
import type { ScratchEngines } from "./run/scratch-engines.ts";
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

/** Longest that a statement may take, which may loop or sleep. */
const statementLimit = "5s";

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
  const refusal = refusalOf(migration, ground.schema);
  if (refusal !== undefined) return failed(refusal);
  const quick = await proveAtOnce(migration, ground, options);
  if (quick !== undefined) return quick;

  await using open = await openFilled(migration, ground, options);
  const { records } = open.filling;
  const result: Result = { ...open.filling, ...(await runThrough(migration, open)) };
  const { verdict, changes = [], failure } = result;
  if (verdict === "loses" && changes.every(mayBeKept)) {
    await using again = await openFilled(migration, ground, options);
    const { isLossless, reason } = await tryPreserved(again.scratch, migration);
    const kept: Verdict = isLossless ? "lossless_with_preserve" : "loses";
    return { ...result, verdict: kept, ...(reason !== undefined && { preserveFailed: reason }) };
  }
  if (result.after !== undefined || failure === undefined) return result;
  const after = records === 0 ? undefined : await applyOnly(options.engines, migration, ground);
  return after === undefined
    ? { ...result, after: await applyDefinitions(options.engines, migration, ground) }
    : { ...result, after, failure: { ...failure, runsOnEmptyTables: true } };
}

/** The result of a migration that is exact; `undefined` of any other, which is run again step by step. */
async function proveAtOnce(
  migration: Migration,
  ground: Schemaful,
  options: ProveOptions,
): Promise<Result | undefined> {
  if (irreversibleReason(migration) !== undefined || !fitsOneText(migration)) return undefined;
  await using open = await openFilled(migration, ground, options);
  const { tables, edges } = open.schema;
  const isBare = isPlain(migration) && tablesOf({ tables, edges }).size === 0;
  if (!(await runAtOnce(open.scratch, migration, isBare))) return undefined;
  const after = open.paste(await captureSchema(open.scratch));
  open.release();
  return { verdict: "exact", ...open.filling, after };
}

/** The schema before a migration, with records. */
async function openFilled(
  migration: Migration,
  ground: Schemaful,
  options: ProveOptions,
): Promise<OpenGround & { readonly filling: Pick<MigrationProof, "records" | "unfilled"> }> {
  const open = await openGround(options.engines, migration, ground);
  if (!isPlain(migration)) {
    // An engine that does not know the statement has no limit.
    await open.scratch.query(`ALTER SYSTEM QUERY_TIMEOUT ${statementLimit}`).catch(() => undefined);
  }
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
