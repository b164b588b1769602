import type { Database, Trial } from "@surql/connection";
import { outsideEffects } from "@surql/safety-analyzer";
import { captureSchema, unreadableTables, type Schema } from "@surql/snapshot";
import { compareTables, type TableCount } from "./compare-tables.ts";
import { countTables } from "./count-tables.ts";
import type { PreparedScript } from "../run/lay-out.ts";
import type { MigrationFailure } from "../run/migration-failure.ts";
import type { RunOptions } from "../options.ts";
import { readScript } from "../run/read-script.ts";
import { rehearsalRefused, rehearsalUnsupported } from "./rehearsal-errors.ts";
import type { Rehearsal, RehearsedStatement } from "./rehearsal.ts";
import type { RollbackPlan } from "../plan/rollback-plan.ts";
import { trialStatements, uniqueChecks } from "./trial-statements.ts";
import { tryStatements } from "./try-statements.ts";
import { mayWrite } from "../run/may-write.ts";

/** A plan as far as it has to be known to be rehearsed. */
export type Rehearsable = Pick<RollbackPlan, "toVersion" | "migrations">;

/** A rehearsal, and what it made of the schema. */
export interface PlanRehearsal {
  readonly rehearsal: Rehearsal;
  /** The schema at its end; left out when it failed. */
  readonly schema?: Schema | undefined;
  /** The statements that were not run themselves. */
  readonly leftOut: readonly string[];
}

/**
 * Runs a plan in one transaction on the live database that is always cancelled.
 *
 * @param schema The schema of the database as it is.
 * @throws `EXECUTOR.REHEARSAL_REFUSED`, `EXECUTOR.REHEARSAL_UNSUPPORTED`: each before anything was run; `CONNECTION.*`.
 */
export async function rehearsePlan(
  db: Database,
  plan: Rehearsable,
  schema: Schema,
  options: Pick<RunOptions, "onEvent">,
): Promise<PlanRehearsal> {
  if (!db.target.interactiveTransactions) throw rehearsalUnsupported();
  refuseOutsideEffects(plan, schema);
  const begun = performance.now();
  const scripts = plan.migrations.map(readScript);
  const {
    schema: after,
    leftOut,
    ...came
  } = await db.rehearse(async (trial) => {
    const tried = await tryScripts(trial, scripts, options);
    if (tried.failure !== undefined) return tried;
    return {
      ...tried,
      schema: await captureSchema(trial, { unreadable: unreadableTables(schema) }),
    };
  });
  const rehearsal: Rehearsal = {
    ground: "live",
    success: came.failure === undefined,
    ...came,
    durationMs: performance.now() - begun,
  };
  return { rehearsal, schema: after, leftOut };
}

function refuseOutsideEffects({ toVersion, migrations }: Rehearsable, schema: Schema): void {
  const alone = migrations.filter(
    ({ transaction, statements }) => transaction === "none" && statements.length > 0,
  );
  const steps = migrations.map(({ version, statements, lines }) => ({
    migration: version,
    statements: statements.map((text, index) => ({ text, line: lines[index] ?? 1, column: 1 })),
  }));
  const reasons = [
    ...alone.map(
      ({ version }) => `Migration ${version} declares that it cannot run in a transaction.`,
    ),
    ...outsideEffects(steps, schema).map(({ migration, line, statement, by, does }) => {
      const what = by === undefined ? does : `sets off ${by}, which ${does}`;
      return `Migration ${migration}, line ${line}, ${what}: ${statement}`;
    }),
  ];
  if (reasons.length > 0) throw rehearsalRefused(toVersion, reasons);
}

type Tried = Pick<Rehearsal, "statements" | "tables" | "failure"> &
  Pick<PlanRehearsal, "schema" | "leftOut">;

async function tryScripts(
  trial: Trial,
  scripts: readonly PreparedScript[],
  { onEvent }: Pick<RunOptions, "onEvent">,
): Promise<Tried> {
  const counts: TableCount[] = [{ tables: await countTables(trial) }];
  const filled = new Set(
    Array.from(counts[0]?.tables ?? []).flatMap(([table, { records }]) =>
      records === 0 ? [] : [table],
    ),
  );
  const all = scripts.flatMap(({ statements }) => statements);
  const trials = new Map(trialStatements(all, filled).map((one) => [one.statement, one]));
  const statements: RehearsedStatement[] = [];
  let failure: MigrationFailure | undefined;
  for (const [position, chunk] of chunksOf(scripts).entries()) {
    const { version } = chunk;
    onEvent?.({
      kind: "rehearsal-started",
      version,
      position: position + 1,
      total: scripts.length,
    });
    const tried = await tryStatements(
      trial,
      chunk.statements.flatMap((statement) => trials.get(statement) ?? []),
    );
    statements.push(...tried.statements);
    ({ failure } = tried);
    if (failure !== undefined) break;
    if (chunk.statements.some(({ touches }) => touches.some(mayWrite)))
      counts.push({ tables: await countTables(trial), version });
  }
  if (failure === undefined) {
    counts.push({ tables: await countTables(trial), version: scripts.at(-1)?.version });
    ({ failure } = await tryStatements(trial, uniqueChecks(all)));
  }
  const leftOut = [...trials.values()].flatMap(({ statement, instead }) =>
    instead === undefined ? [] : [statement.text],
  );
  return { statements, tables: compareTables(counts), leftOut, ...(failure && { failure }) };
}

/** One migration after the other; where one sets a parameter, those behind it may use it, and share its text. */
function chunksOf(
  scripts: readonly PreparedScript[],
): readonly Pick<PreparedScript, "version" | "statements">[] {
  const at = scripts.findIndex(({ statements }) =>
    statements.some(({ text }) => /^let\b/i.test(text)),
  );
  if (at === -1) return scripts;
  const rest = scripts.slice(at);
  const statements = rest.flatMap((script) => script.statements);
  return [...scripts.slice(0, at), { version: rest.at(-1)?.version ?? "", statements }];
}
