import { isSurqlError } from "@surql/errors";
import type { Database } from "@surql/connection";
import { openDatabase } from "../open-database.ts";
import type { CaseFolder, ExpectedIssue } from "./case-folder.ts";
import type { Observation, Row } from "./observe-database.ts";

/**
 * Finds the records that a unique index would meet as duplicates by putting each pair of them into an
 * empty table that has the index.
 */
export async function duplicateDifferences(
  before: Observation,
  { steps, expected }: CaseFolder,
): Promise<readonly string[]> {
  const differences: string[] = [];
  for (const issue of expected.issues) {
    if (issue.code !== "index_would_fail") continue;
    const records = [...before.tables.get(issue.object!.table!)!.records.values()];
    const found = await duplicates(records, definitionOf(issue, steps));
    if (found.size !== issue.impact?.records) {
      differences.push(`${[...found].join(", ")} are the duplicates for ${issue.object!.name}`);
    }
  }
  return differences;
}

function definitionOf({ object }: ExpectedIssue, steps: CaseFolder["steps"]): string {
  const found = steps
    .flatMap(({ statements }) => statements)
    .find(({ text }) => /UNIQUE/i.test(text) && text.includes(object!.name));
  // In the background, it may not be built yet when the records come.
  return found!.text.replace(/\bCONCURRENTLY\b/i, "");
}

async function duplicates(records: readonly Row[], index: string): Promise<ReadonlySet<string>> {
  await using db = await openDatabase();
  await db.query(index);
  const found = new Set<string>();
  for (const [at, one] of records.entries()) {
    for (const other of records.slice(at + 1)) {
      if (await fitTogether(db, one, other)) continue;
      found.add(String(one["id"])).add(String(other["id"]));
    }
  }
  return found;
}

async function fitTogether(db: Database, one: Row, other: Row): Promise<boolean> {
  return await db.rehearse(async (trial) => {
    const attempts = await trial.attempt(
      [{ text: "CREATE $one.id CONTENT $one" }, { text: "CREATE $other.id CONTENT $other" }],
      { one, other },
    );
    return attempts.every((attempt) => {
      if (!attempt.success && !isDuplicate(attempt.error)) throw attempt.error;
      return attempt.success;
    });
  });
}

function isDuplicate(error: unknown): boolean {
  return isSurqlError(error) && /already contains/.test(String(error.meta["reason"]));
}
