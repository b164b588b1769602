import { randomUUID } from "node:crypto";
import { isSurqlError } from "@surql/errors";
import type { Bindings, BoundScript, Database, ScriptStatement } from "@surql/connection";
import {
  expectLedgerCount,
  hasEvent,
  holdLock,
  recordEvent,
  type Lease,
  type MigrationEvent,
} from "@surql/history";
import { createSnapshot, snapshotScript, type UnreadableTable } from "@surql/snapshot";
import { interrupted } from "./errors.ts";
import type { Part } from "./lay-out.ts";
import { blameOn, originOf } from "./migration-failure.ts";
import type { PreparedStatement } from "./prepared-statement.ts";

/** A run of parts under the lock. */
export interface Run {
  readonly db: Database;
  readonly lease: Lease;
  /** Rows that the ledger must have when the first part begins. */
  readonly ledgerCount: number;
  readonly signal?: AbortSignal | undefined;
}

/** What is recorded with each part. */
export interface PartRecord {
  /** The ledger's side of what the part finishes. */
  readonly ledger: readonly BoundScript[];
  readonly event: MigrationEvent;
  /** Store a snapshot of the schema under this version, in the same transaction. */
  readonly snapshot?: WantedSnapshot | undefined;
}

/** A snapshot that is to be taken in a transaction. */
export interface WantedSnapshot {
  readonly version: string;
  readonly migrationCount: number;
  /** Tables that the engine refuses to show: asking for one would end the transaction. */
  readonly unreadable: readonly UnreadableTable[];
}

/** A part failed; `committed` statements of the run are there to stay. */
export interface PartsFailure {
  readonly error: unknown;
  readonly part: Part;
  readonly committed: number;
}

/** What goes with the parts of a run. */
export interface Job {
  /** What to record with a part, in its transaction. */
  readonly recordOf: (part: Part) => PartRecord;
  /** Is told of each part before it runs. */
  readonly onStarted?: (part: Part) => void;
  /** Is told of each part that is there to stay. */
  readonly onCommitted?: (part: Part) => void;
}

/**
 * Runs parts one after the other. Each is committed with its bookkeeping, or not at all.
 *
 * @returns What failed, or `undefined`.
 */
export async function runParts(
  run: Run,
  parts: readonly Part[],
  { recordOf, onStarted, onCommitted }: Job,
): Promise<PartsFailure | undefined> {
  let committed = 0;
  let { ledgerCount } = run;
  for (const part of parts) {
    try {
      if (run.signal?.aborted) throw interrupted();
      onStarted?.(part);
      if (part.transactional) {
        await commitPart({ ...run, ledgerCount }, part.statements, recordOf(part));
        committed += part.statements.length;
      } else {
        for (const piece of onePerStatement(part)) {
          await runAlone(run.db, piece.statements);
          committed += piece.statements.length;
          await commitPart({ ...run, ledgerCount }, [], recordOf(piece));
        }
      }
    } catch (error) {
      return { error, part, committed };
    }
    onCommitted?.(part);
    ledgerCount += part.direction === "up" ? part.finishes.length : -part.finishes.length;
  }
  return undefined;
}

/** Without a transaction; a failure is blamed on the statement all the same. */
async function runAlone(db: Database, statements: readonly PreparedStatement[]): Promise<void> {
  for (const statement of statements) {
    try {
      await db.query(statement.text);
    } catch (error) {
      throw isSurqlError(error) ? blameOn(error, originOf(statement)) : error;
    }
  }
}

/** Each statement of a migration without a transaction is committed by itself, and recorded. */
function onePerStatement(part: Part): readonly Part[] {
  const end = part.statements.length - 1;
  if (end < 0) return [part];
  return part.statements.map((statement, position) =>
    position === end
      ? { ...part, statements: [statement] }
      : {
          ...part,
          statements: [statement],
          finishes: [],
          leaves: {
            version: statement.migration,
            direction: part.direction,
            statementsDone: statement.index + 1,
          },
        },
  );
}

async function commitPart(
  run: Run,
  statements: readonly PreparedStatement[],
  record: PartRecord,
): Promise<void> {
  const id = randomUUID();
  try {
    await (record.snapshot === undefined
      ? commitScript(run, statements, record, id)
      : commitWithSnapshot(run, statements, { ...record, snapshot: record.snapshot }, id));
  } catch (error) {
    // The answer was lost, or could not be read: the event row says whether it was committed.
    if (!isOutcomeUnknown(error) || !(await hasEvent(run.db, id))) throw error;
  }
}

/** All in one text, one round trip. */
async function commitScript(
  run: Run,
  statements: readonly PreparedStatement[],
  record: PartRecord,
  id: string,
): Promise<void> {
  const guard = guardOf(run);
  const { script, bindings } = join([...record.ledger, recordEvent(id, record.event)]);
  await run.db.transact(
    [
      { text: "LET $__surql_started = time::now()" },
      ...guard.script,
      ...statements.map(scriptStatement),
      ...script,
    ],
    { ...guard.bindings, ...bindings },
  );
}

/** The snapshot is taken in the open transaction, after its changes, and stored by it. */
async function commitWithSnapshot(
  run: Run,
  statements: readonly PreparedStatement[],
  record: PartRecord & { readonly snapshot: WantedSnapshot },
  id: string,
): Promise<void> {
  const guard = guardOf(run);
  await run.db.transaction(async (transaction) => {
    const [started] = await transaction.run(
      [{ text: "RETURN time::now()" }, ...guard.script, ...statements.map(scriptStatement)],
      guard.bindings,
    );
    const snapshot = await createSnapshot(transaction, {
      ...record.snapshot,
      engineVersion: run.db.target.engineVersion,
    });
    const { script, bindings } = join([
      ...record.ledger,
      recordEvent(id, record.event),
      snapshotScript(snapshot),
    ]);
    await transaction.run(script, { ...bindings, __surql_started: started });
  });
}

function guardOf({ lease, ledgerCount }: Run): BoundScript {
  const { statement, bindings } = holdLock(lease);
  return { script: [statement, expectLedgerCount(ledgerCount)], bindings };
}

function scriptStatement(statement: PreparedStatement): ScriptStatement {
  return { text: statement.text, origin: originOf(statement) };
}

function join(pieces: readonly BoundScript[]): BoundScript {
  const bindings: Bindings = Object.assign({}, ...pieces.map((piece) => piece.bindings));
  return { script: pieces.flatMap(({ script }) => script), bindings };
}

function isOutcomeUnknown(error: unknown): boolean {
  const codes = ["CONNECTION.OUTCOME_UNKNOWN", "CONNECTION.LOST", "CONNECTION.TIMEOUT"];
  return isSurqlError(error) && codes.includes(error.code);
}
