import { backupTable } from "./backup-statement.ts";
import type { WrittenQuestion } from "./counting/data-question.ts";
import type { DeletionTraces } from "./deletion-traces.ts";
import type { Finding, Telling, TouchContext } from "./define-rule.ts";
import { atMost, isNone } from "./impact.ts";
import type { Impact } from "./rollback-issue.ts";
import { allRecords, counted } from "./wording.ts";

/** A kind of write to records, and how it is told. */
export interface WriteKind extends Pick<Finding, "safety" | "code"> {
  readonly how: WrittenQuestion["how"];
  readonly describe: (table: string) => string;
  /** What it does to other tables. */
  readonly traces?: (context: TouchContext, table: string) => DeletionTraces;
}

/** The question for what the migration does to the records of a table. */
export function writtenBy(
  { step }: TouchContext,
  table: string,
  how: WrittenQuestion["how"],
): WrittenQuestion {
  return { count: "written", table, migration: step.migration, how };
}

/**
 * Puts in words that records of a table are written.
 *
 * @param found How many; `undefined` where that could not be counted.
 * @param all How many there are.
 */
export function tellWrite(
  table: string,
  description: string,
  found: Impact | undefined,
  all: Impact | undefined,
): Telling {
  const impact = found ?? atMost(all);
  const isWhole = impact?.exact === true && impact.records === all?.records;
  return {
    description,
    affectedData: isWhole ? allRecords(table, all) : counted(impact, "record", `of ${table}`),
    recommendation: isNone(impact) ? undefined : backupTable(table),
    impact,
  };
}
