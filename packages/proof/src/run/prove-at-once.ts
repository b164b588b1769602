import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import type { Migration } from "@surql/migration";
import { compareSchemas, tablesOf, type Schema } from "@surql/snapshot";
import { fillGround } from "../records/fill-ground.ts";
import { fillStatements, type Filling, type FillOptions } from "../records/fill-tables.ts";
import { buildStatements } from "../schema/build-statements.ts";
import { cutSchema, pasteSchema, withoutEvents } from "../schema/cut-schema.ts";
import { judgeMoments } from "../verdict/judge-moments.ts";
import { isPlain } from "./is-plain.ts";
import { atOnce, fitsOneText, readAtOnce, type Holds } from "./run-at-once.ts";
import { irreversibleReason, type Result } from "./run-through.ts";
import type { Run, ScratchEngines, Stopped } from "./scratch-engines.ts";

/** What a migration is run on, and with what. */
interface Place {
  readonly engines: ScratchEngines;
  readonly whole: Schema;
  /** The tables that it can have to do with. */
  readonly concerned: ReadonlySet<string>;
  readonly options: FillOptions;
}

/**
 * Proves a migration in one call, or two where it moves data: builds the schema before it, without events, makes the records, defines the events, and runs
 * and compares all the rest. Where a record is refused, it takes some calls more.
 *
 * @returns `undefined` where a statement fails, or where what was built is not the schema before it.
 */
export async function proveAtOnce(
  migration: Migration,
  { engines, whole, concerned, options }: Place,
): Promise<Result | undefined> {
  if (!fitsOneText(migration)) return undefined;
  const schema = cutSchema(whole, concerned);
  const filled = await runFilled(migration, schema, { engines, options });
  if (filled === undefined) return undefined;
  const { filling, run } = filled;
  const seen = readAtOnce(run.answers);
  // What is built from its definitions is the schema before the migration only where it looks the same.
  if (seen === undefined || compareSchemas(schema, seen.before).length > 0) {
    await run.scratch.close();
    return undefined;
  }
  await engines.reuse(run.scratch);
  const irreversible = irreversibleReason(migration);
  return {
    ...filling,
    ...(irreversible === undefined
      ? { verdict: "exact" }
      : { verdict: "irreversible", irreversible }),
    ...(seen.moments && judgeMoments(seen.moments)),
    after: pasteSchema(whole, concerned, seen.after),
  };
}

async function runFilled(
  migration: Migration,
  schema: Schema,
  { engines, options }: Pick<Place, "engines" | "options">,
): Promise<{ readonly filling: Filling; readonly run: Run } | undefined> {
  const quiet = withoutEvents(schema);
  const build = buildStatements(quiet);
  const limits = isPlain(migration) ? "unlimited" : "limited";
  const rest = (records: number): readonly string[] => [
    ...transaction([...tablesOf(schema).values()].flatMap(({ events }) => Object.values(events))),
    ...atOnce(
      migration,
      holdsOf(migration, schema, records),
      irreversibleReason(migration) !== undefined,
    ),
  ];
  const filling = options.sample === undefined ? fillStatements(quiet, options) : undefined;
  if (filling !== undefined) {
    const { statements, records, unfilled } = filling;
    const filled = [...build, ...statements];
    const isRefused = ({ failedAt }: Stopped): boolean =>
      failedAt >= build.length && failedAt < filled.length;
    if (limits === "unlimited") {
      const run = await engines.run([...filled, ...rest(records)], limits);
      if (run.scratch !== undefined) return { filling: { records, unfilled }, run };
      if (!isRefused(run)) return undefined;
    } else {
      // What moves data may take long, and is not run in vain.
      const run = await engines.run(filled, limits);
      if (run.scratch !== undefined) {
        return goOn(run.scratch, async () => ({ records, unfilled }), rest);
      }
      if (!isRefused(run)) return undefined;
    }
  }
  const { scratch } = await engines.run(build, limits);
  if (scratch === undefined) return undefined;
  return goOn(scratch, () => fillGround(scratch, quiet, options), rest);
}

async function goOn(
  scratch: Database,
  fill: () => Promise<Filling>,
  rest: (records: number) => readonly string[],
): Promise<{ readonly filling: Filling; readonly run: Run } | undefined> {
  try {
    const filling = await fill();
    const text = rest(filling.records)
      .map((one) => `${one}\n;\n`)
      .join("");
    return { filling, run: { scratch, answers: await scratch.query(text) } };
  } catch (error) {
    await scratch.close();
    if (!isSurqlError(error) || error.code === "CONNECTION.LOST") throw error;
    return undefined;
  }
}

function transaction(statements: readonly string[]): readonly string[] {
  return statements.length === 0 ? [] : ["BEGIN", ...statements, "COMMIT"];
}

/** What there can be while a migration is run, besides definitions. */
function holdsOf(migration: Migration, schema: Schema, records: number): Holds {
  if (records === 0 && isPlain(migration)) return "nothing";
  const scripts = [...migration.up, ...migration.down].map(({ text }) => text);
  const texts = [JSON.stringify(schema), ...scripts];
  return texts.some((text) => /relat/i.test(text)) ? "edges" : "records";
}
