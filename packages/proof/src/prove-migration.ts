import type { Database } from "@surql/connection";
import type { MigrationFailure } from "@surql/executor";
import type { Migration } from "@surql/migration";
import { findForbidden, outsideEffects } from "@surql/safety-analyzer";
import { captureSchema, compareSchemas, type Schema } from "@surql/snapshot";
import { readingOf } from "@surql/surrealql";
import type { Ground } from "./lineage.ts";
import type {
  MigrationProof,
  ProofFailure,
  RecordChange,
  SchemaDeviation,
  Stage,
  Verdict,
} from "./proof.ts";
import { fillGround } from "./records/fill-ground.ts";
import { takePicture, type Picture } from "./run/picture.ts";
import { runScript } from "./run/run-script.ts";
import { openGround, type OpenGround } from "./schema/open-ground.ts";
import { judgeRecords } from "./verdict/judge-records.ts";
import { tryPreserved } from "./verdict/try-preserved.ts";

/** What a migration is proved with. */
export interface ProveOptions {
  readonly openScratch: () => Promise<Database>;
  readonly seed: number;
  /** How many records of each table. */
  readonly records: number;
}

/** What came of proving a migration, and the schema behind it; `undefined` when up fails. */
export interface Proved {
  readonly proof: MigrationProof;
  readonly after: Schema | undefined;
}

type Result = Pick<MigrationProof, "verdict"> & Partial<MigrationProof>;

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
  const proved = (result: Result, after?: Schema): Proved => ({
    after,
    proof: {
      version,
      description,
      checksum,
      records: 0,
      changes: [],
      schema: [],
      unfilled: [],
      ...result,
      durationMs: performance.now() - began,
    },
  });
  if (ground.kind === "blocked") {
    const reason = `The schema before it cannot be made: the up script of ${ground.by} fails.`;
    return proved(failed({ reason }));
  }
  const refusal = refusalOf(migration, ground.schema);
  if (refusal !== undefined) return proved(failed(refusal));
  await using open = await openGround(options.openScratch, migration, ground);
  if (!isPlain(migration)) {
    // An engine that does not know the statement has no limit.
    await open.scratch.query(`ALTER SYSTEM QUERY_TIMEOUT ${statementLimit}`).catch(() => undefined);
  }
  const filling = await fillGround(open.scratch, open.schema, options);
  const { records, unfilled } = filling;
  const done = await runThrough(migration, open, (result, after) =>
    proved({ records, unfilled, ...result }, after),
  );
  const { failure, verdict, changes } = done.proof;
  if (verdict === "loses" && changes.every(mayBeKept)) {
    await using again = await openGround(options.openScratch, migration, ground);
    await fillGround(again.scratch, again.schema, options);
    const { isLossless, reason } = await tryPreserved(again.scratch, migration);
    const kept: Verdict = isLossless ? "lossless_with_preserve" : "loses";
    const more = reason === undefined ? {} : { preserveFailed: reason };
    const durationMs = performance.now() - began;
    return { ...done, proof: { ...done.proof, verdict: kept, ...more, durationMs } };
  }
  if (done.after !== undefined || failure === undefined || records === 0) return done;
  const after = await applyOnly(options.openScratch, migration, ground);
  if (after === undefined) return done;
  return { after, proof: { ...done.proof, failure: { ...failure, runsOnEmptyTables: true } } };
}

/** Makes the schema behind a migration, without records; `undefined` when its up script fails. */
export async function applyOnly(
  openScratch: () => Promise<Database>,
  migration: Migration,
  ground: Extract<Ground, { kind: "schema" }>,
): Promise<Schema | undefined> {
  await using open = await openGround(openScratch, migration, ground);
  const failure = await runScript(open.scratch, migration, "up");
  return failure === undefined ? open.paste(await captureSchema(open.scratch)) : undefined;
}

async function runThrough(
  migration: Migration,
  open: OpenGround,
  proved: (result: Result, after?: Schema) => Proved,
): Promise<Proved> {
  const { scratch } = open;
  const isEmpty = Object.keys({ ...open.schema.tables, ...open.schema.edges }).length === 0;
  const before: Picture = isEmpty
    ? { schema: open.schema, records: new Map() }
    : await takePicture(scratch);
  const run = async (direction: "up" | "down", stage: Stage): Promise<Picture | Result> => {
    const failure = await runScript(scratch, migration, direction);
    return failure === undefined ? takePicture(scratch) : failed(readFailure(failure, stage));
  };
  const up = await run("up", "up");
  if ("verdict" in up) return proved(up);
  const after = open.paste(up.schema);
  const irreversible = irreversibleReason(migration);
  if (irreversible !== undefined) return proved({ verdict: "irreversible", irreversible }, after);
  const down = await run("down", "down");
  if ("verdict" in down) return proved(down, after);
  const left = deviations(before, down, "down");
  if (left.length > 0) return proved({ verdict: "fails", schema: left }, after);
  const again = await run("up", "up again");
  if ("verdict" in again) return proved(again, after);
  const other = deviations(up, again, "up again");
  if (other.length > 0) return proved({ verdict: "fails", schema: other }, after);
  const changes = judgeRecords({ before, up, down, again });
  return proved({ verdict: changes.length === 0 ? "exact" : "loses", changes }, after);
}

/** A rollback keeps what down takes. What up took is gone before it. */
function mayBeKept({ change, by }: RecordChange): boolean {
  return by === "down" || change === "added";
}

function failed(failure: ProofFailure): Result {
  return { verdict: "fails", failure };
}

function readFailure(failure: MigrationFailure, stage: Stage): ProofFailure {
  const { reason, statement, statementIndex, line } = failure;
  return { stage, reason, statement, statementIndex, line };
}

/** What is not run anywhere. */
function refusalOf({ version, up, down }: Migration, schema: Schema): ProofFailure | undefined {
  const steps = [
    { migration: version, statements: up },
    { migration: version, statements: down },
  ];
  const [forbidden] = findForbidden(steps);
  if (forbidden !== undefined) {
    const { statement, line, what, why } = forbidden;
    return { reason: `${what} is never run: ${why}`, statement, line };
  }
  if (isPlain({ up, down })) return undefined;
  const endless = outsideEffects(steps, schema).find((effect) => effect.endless);
  if (endless === undefined) return undefined;
  const { statement, line, does, by } = endless;
  const what = by === undefined ? does : `may set off ${by}, which ${does}`;
  return { reason: `It is not run, as it ${what}: that may never end.`, statement, line };
}

/** Whether its scripts only define and remove. */
function isPlain({ up, down }: Pick<Migration, "up" | "down">): boolean {
  return [...up, ...down].every((statement) =>
    readingOf(statement).touches.every(({ effect }) =>
      ["define", "remove", "alter", "rebuild"].includes(effect),
    ),
  );
}

function irreversibleReason({ down, irreversible }: Migration): string | undefined {
  return irreversible ?? (down.length === 0 ? "It has no down script." : undefined);
}

function deviations(
  wanted: Picture,
  found: Picture,
  stage: SchemaDeviation["stage"],
): readonly SchemaDeviation[] {
  return compareSchemas(wanted.schema, found.schema).map(({ change, kind, path }) => ({
    stage,
    change,
    kind,
    path,
  }));
}
