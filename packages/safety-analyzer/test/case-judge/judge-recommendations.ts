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
  const mended = issues.filter(({ recommendation }) => recommendation?.startsWith("UPDATE "));
  for (const { object } of mended) {
    const table = object!.table ?? object!.name;
    for (const id of before.tables.get(table)!.updated.keys()) {
      const now = after.tables.get(table)!;
      if (now.records.has(id) && !now.updated.has(id)) refused.push(`${id} is not mended`);
    }
  }
  return refused;
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
