import { isDeepStrictEqual } from "node:util";
import {
  applyMigrations,
  connect,
  createRollbackPlan,
  executeRollback,
  isSurqlError,
  quoteIdentifier,
  splitStatements,
} from "surql";
import type { Database, Migration, Rehearsal, RollbackResult } from "surql";
import { mayNeverEnd } from "../safety/may-never-end.ts";
import type { SafetyCase } from "../safety/judge-script.ts";

/** How a rehearsal is refused before anything runs. */
const refusals = [
  "EXECUTOR.REHEARSAL_REFUSED",
  "SAFETY.FORBIDDEN_STATEMENT",
  "SAFETY.INVALID_STATEMENT",
];

/** What came of a script, and where the rehearsal was wrong about it. */
export interface RehearsalOutcome {
  readonly kind: "refused" | "failed" | "ran";
  readonly mistakes: readonly string[];
}

/** Rehearses a script on a database, and then runs it there. */
export async function rehearseScript({ database, downs }: SafetyCase): Promise<RehearsalOutcome> {
  const kills = mayNeverEnd({ database, downs });
  if (kills === "database") return { kind: "refused", mistakes: [] };
  await using db = await connect({ url: "mem://", namespace: "fuzz", database: "fuzz" });
  for (const statement of database) await db.query(statement).catch(() => undefined);
  const migrations = [migrationOf(downs.join(";\n"))];
  await applyMigrations(db, migrations);
  const before = await contents(db);
  const rehearsal = await rehearse(db, migrations);
  if (!isDeepStrictEqual(await contents(db), before)) {
    return { kind: "refused", mistakes: ["the rehearsal left something behind"] };
  }
  if (rehearsal === undefined || kills !== undefined) return { kind: "refused", mistakes: [] };
  const plan = await createRollbackPlan(db, migrations, "base", { scratch: false });
  const result = await executeRollback(db, plan, { force: true });
  return result.success && rehearsal.success
    ? { kind: "ran", mistakes: await wrongCounts(db, rehearsal) }
    : { kind: "failed", mistakes: wrongFailure(result, rehearsal) };
}

function migrationOf(down: string): Migration {
  return {
    version: "1",
    description: "",
    parents: [],
    path: "1.surql",
    format: "surql",
    checksum: "",
    up: splitStatements("INFO FOR DB"),
    down: splitStatements(down),
    transaction: "required",
  };
}

async function rehearse(
  db: Database,
  migrations: readonly Migration[],
): Promise<Rehearsal | undefined> {
  try {
    const options = { rehearse: true, scratch: false } as const;
    return (await createRollbackPlan(db, migrations, "base", options)).rehearsal;
  } catch (error) {
    if (!isSurqlError(error) || !refusals.includes(error.code)) throw error;
    return undefined;
  }
}

/**
 * The definitions and the records of every table, ours and the lock included. A computed field that calls what is
 * not there makes its table unreadable.
 */
async function contents(db: Database): Promise<readonly unknown[]> {
  const [info] = await db.query("INFO FOR DB");
  const names = Object.keys((info as { readonly tables: object }).tables).map(quoteIdentifier);
  const texts = names.map(
    (name) => `INFO FOR TABLE ${name}; RETURN <string>(SELECT * FROM ${name})`,
  );
  return [info, await db.query(texts.join(";\n")).catch(String)];
}

function wrongFailure(result: RollbackResult, { failure }: Rehearsal): readonly string[] {
  const happened = withoutIds(result.errors[0]?.reason);
  // A transaction that conflicts with itself does so at its commit, which a rehearsal has not.
  if (happened?.includes("Transaction conflict") === true) return [];
  const foretold = withoutIds(failure?.reason);
  return happened === foretold ? [] : [`foretold: ${foretold}; happened: ${happened}`];
}

/** A record that is created without an id has another one each time; duplicates are told in our words. */
function withoutIds(reason: string | undefined): string | undefined {
  if (reason?.includes("unique index") || reason?.startsWith("Database index")) return "duplicates";
  return reason?.replaceAll(/:[a-z0-9]{20}\b/g, ":id");
}

async function wrongCounts(db: Database, { tables }: Rehearsal): Promise<readonly string[]> {
  const [info] = await db.query("INFO FOR DB");
  const existing = (info as { readonly tables: object }).tables;
  const mistakes: string[] = [];
  for (const { table, after } of tables) {
    const [count] = Object.hasOwn(existing, table)
      ? await db.query(`RETURN count((SELECT VALUE id FROM ${quoteIdentifier(table)}))`)
      : [null];
    if (count !== after)
      mistakes.push(`${table}: foretold ${after} records, there are ${String(count)}`);
  }
  return mistakes;
}
