import { retry } from "@surql/connection";
import { amendError, isSurqlError } from "@surql/errors";
import type { Progress } from "@surql/history";
import { redactSecrets } from "@surql/surrealql";
import { isOutcomeUnknown } from "./commit-once.ts";
import type { Part } from "./lay-out.ts";
import { originOf } from "./migration-failure.ts";
import { indexesToCheck } from "../indexes/touched-indexes.ts";
import type { PreparedStatement } from "./prepared-statement.ts";
import type { PartRecord, Run } from "./run-parts.ts";
import { statementUnrecorded, statementUnsettled } from "./refuse-half-way.ts";

/** What {@link runOneByOne} needs of the run that it is part of. */
export interface OneByOne {
  readonly recordOf: (part: Part) => PartRecord;
  /** Commits a part, with what is recorded of it. It has no statements left, or one that something is kept with. */
  readonly commit: (part: Part, record: PartRecord) => Promise<void>;
  /** Is called before each statement, and may throw to stop there. */
  readonly onStatement: () => void;
  /** Is told that one more statement is there to stay. */
  readonly onDone: () => void;
}

/**
 * Runs the statements of a part without a transaction (`transaction: none`). That it is about to run is committed
 * before each statement, and what came of it after. So where the process ends in between, the next run finds a
 * statement that was begun and has no result, and does not guess. A statement that loses what is kept is committed together with
 * that and with its record: by itself it would be a transaction of its own anyway.
 *
 * @throws `EXECUTOR.STATEMENT_UNSETTLED` when the answer to a statement was lost.
 */
export async function runOneByOne(run: Run, part: Part, work: OneByOne): Promise<void> {
  for (const [position, statement] of part.statements.entries()) {
    work.onStatement();
    const before = progressBefore(part, statement);
    const isLast = position === part.statements.length - 1;
    const step: Step = {
      statement,
      before: withoutStatements(part, before),
      after: isLast
        ? { ...part, statements: [] }
        : withoutStatements(part, { ...before, statementsDone: statement.index + 1 }),
    };
    // The record is made of the statement itself: it says what to check now.
    const whole = { ...step.after, statements: [statement] };
    const record = { ...work.recordOf(whole), assumptions: [] };
    if (record.company?.before?.has(statement)) await commitWhole(whole, record, step, work);
    else await runBetweenRecords(run, record, step, work);
  }
}

/** A statement, and where the part is before and after it. */
interface Step {
  readonly statement: PreparedStatement;
  readonly before: Part;
  readonly after: Part;
}

async function commitWhole(
  whole: Part,
  record: PartRecord,
  { before }: Step,
  { recordOf, commit, onDone }: OneByOne,
): Promise<void> {
  try {
    await commit(whole, record);
  } catch (error) {
    if (isOutcomeUnknown(error)) throw error;
    const failed = { ...recordOf(before).event, versions: [], result: "failed" } as const;
    await commit(before, { ledger: [], event: failed }).catch(() => undefined);
    throw error;
  }
  onDone();
}

async function runBetweenRecords(
  run: Run,
  record: PartRecord,
  { statement, before, after }: Step,
  { recordOf, commit, onDone }: OneByOne,
): Promise<void> {
  const { event } = recordOf(before);
  const { text, line } = statement;
  const unsettled = { text: redactSecrets(text), line };
  const progress = { ...(event.progress ?? progressBefore(before, statement)), unsettled };
  // An index that it builds is to be checked as well where the process ends before it can be said that it did.
  const untouched = {
    ...event,
    versions: [],
    indexes: indexesToCheck({ statements: [statement] }),
  };
  await commit(before, { ledger: [], event: { ...untouched, result: "begun", progress } });
  try {
    await runAlone(run, statement);
  } catch (error) {
    if (isOutcomeUnknown(error)) throw statementUnsettled(progress, error);
    // Where this cannot be written either, the statement stays unsettled, which is true as well.
    const failed = { ...untouched, result: "failed", progress: event.progress } as const;
    await commit(before, { ledger: [], event: failed }).catch(() => undefined);
    throw error;
  }
  onDone();
  await commit(after, record).catch((error: unknown) => {
    throw statementUnrecorded(progress, error);
  });
}

function progressBefore({ direction }: Part, { migration, index }: PreparedStatement): Progress {
  return { version: migration, direction, statementsDone: index };
}

function withoutStatements(part: Part, { version, direction, statementsDone }: Progress): Part {
  return { ...part, statements: [], finishes: [], leaves: { version, direction, statementsDone } };
}

/** A failure is blamed on the statement as it would be in a transaction. */
async function runAlone(run: Run, statement: PreparedStatement): Promise<void> {
  try {
    await retry(() => run.db.query(statement.text), { ...run, mayRepeat: surelyNotDone });
  } catch (error) {
    throw isSurqlError(error) ? amendError(error, originOf(statement)) : error;
  }
}

function surelyNotDone(error: unknown): boolean {
  return !isOutcomeUnknown(error);
}
