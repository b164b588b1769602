import { isSurqlError } from "@surql/errors";
import type { Database } from "@surql/connection";
import { splitStatements } from "@surql/surrealql";
import type { RollbackIssue } from "../../src/index.ts";
import { observeDatabase, type Observation } from "./observe-database.ts";

/** Tries what is recommended to be done before a rollback, and takes it back. In words, what the engine refused. */
export async function tryBefore(
  db: Database,
  issues: readonly RollbackIssue[],
): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const recommendation of recommendations(issues).filter((one) => !isForAfter(one))) {
    const attempts = await db.rehearse((trial) => trial.attempt(splitStatements(recommendation)));
    for (const one of attempts) {
      if (!one.success) refused.push(`${recommendation}: ${String(one.error.meta["reason"])}`);
    }
  }
  return refused;
}

/**
 * Does what is recommended to be done after a rollback: the engine must take it, and where it mends
 * records, they can be updated again.
 */
export async function doAfter(
  db: Database,
  issues: readonly RollbackIssue[],
  before: Observation,
): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const recommendation of recommendations(issues).filter(isForAfter)) {
    const attempts = await db.transact(splitStatements(recommendation)).catch(reasonOf);
    if (typeof attempts === "string") refused.push(`${recommendation}: ${attempts}`);
  }
  const after = await observeDatabase(db);
  for (const table of mendedTables(issues)) {
    const now = after.tables.get(table)!;
    for (const id of before.tables.get(table)!.updated.keys()) {
      if (now.records.has(id) && !now.updated.has(id)) refused.push(`${id} is not mended`);
    }
  }
  return refused;
}

const refusing = new Set(["field_type_changed", "constraint_narrowed", "writes_blocked"]);

/** The tables of which every issue that refuses writes comes with a statement that mends records. */
function mendedTables(issues: readonly RollbackIssue[]): ReadonlySet<string> {
  const tables = new Map<string, boolean>();
  for (const { code, object, recommendation } of issues) {
    if (object === undefined || !refusing.has(code)) continue;
    const table = object.table ?? object.name;
    tables.set(table, tables.get(table) !== false && isForAfter(recommendation ?? ""));
  }
  return new Set([...tables].flatMap(([table, isMended]) => (isMended ? [table] : [])));
}

function recommendations(issues: readonly RollbackIssue[]): readonly string[] {
  return issues.flatMap(({ recommendation }) =>
    recommendation === undefined || recommendation.startsWith("surql ") ? [] : [recommendation],
  );
}

/** Mending records needs the new definitions, and so does building an index again. */
function isForAfter(recommendation: string): boolean {
  return /^(?:UPDATE|REBUILD) /.test(recommendation);
}

function reasonOf(error: unknown): string {
  if (!isSurqlError(error)) throw error;
  return String(error.meta["reason"]);
}
