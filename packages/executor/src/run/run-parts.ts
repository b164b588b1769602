import { randomUUID } from "node:crypto";
import type { BoundScript, Database, RetryOptions, ScriptStatement } from "@surql/connection";
import {
  expectApplied,
  expectLedgerCount,
  holdLock,
  recordEvent,
  type MigrationEvent,
} from "@surql/history";
import type { MigrationDirection } from "@surql/migration";
import type { Assumption } from "@surql/safety-analyzer";
import type { UnreadableTable } from "@surql/snapshot";
import { assumptionChecks } from "./assumption-checks.ts";
import { joinScripts, scriptStatement } from "./bound-scripts.ts";
import { commitOnce } from "./commit-once.ts";
import { commitWithSnapshot } from "./commit-with-snapshot.ts";
import { interrupted } from "../errors.ts";
import type { Part } from "./lay-out.ts";
import { lockLostMeanwhile } from "./lock-errors.ts";
import type { PreparedStatement } from "./prepared-statement.ts";
import { indexesAtRisk } from "../indexes/touched-indexes.ts";
import { runOneByOne } from "./run-one-by-one.ts";
import type { HeldLock } from "./with-lock.ts";

/** A run of parts under the lock. */
export interface Run {
  readonly db: Database;
  readonly lease: HeldLock;
  /** The versions that must be applied when the first part begins, in the order of applying. */
  readonly ledger: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Is told of each repetition of what failed for others, or for the network. */
  readonly onRetry?: RetryOptions["onRetry"];
}

/** What is recorded with each part. */
export interface PartRecord {
  /** The ledger's side of what the part finishes. */
  readonly ledger: readonly BoundScript[];
  readonly event: MigrationEvent;
  /** What must be so before the first statement. */
  readonly assumptions?: readonly Assumption[] | undefined;
  /** What of ours runs between the statements of the part, in its transaction. */
  readonly company?: Company | undefined;
  /** Store a snapshot of the schema under this version, in the same transaction. */
  readonly snapshot?: WantedSnapshot | undefined;
}

/** Statements of ours that share a transaction with those of a part. */
export interface Company {
  /** Right after the lock and the ledger were checked, before the first statement. */
  readonly opening?: readonly BoundScript[] | undefined;
  /** Right before a statement, as what keeps the records that it removes. */
  readonly before?: ReadonlyMap<PreparedStatement, readonly BoundScript[]> | undefined;
  /** Right after a statement, as what cleans the records that it leaves unwritable. */
  readonly after?: ReadonlyMap<PreparedStatement, readonly BoundScript[]> | undefined;
  /** After the last statement and the bookkeeping: what says whether all is as it was planned. */
  readonly closing?: readonly BoundScript[] | undefined;
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
  /** Looks at a part that is there to stay; what it throws ends the run. */
  readonly verify?: (part: Part) => Promise<void>;
}

/**
 * Runs parts one after the other. Each is committed with its bookkeeping, or not at all.
 *
 * @returns What failed, or `undefined`.
 */
export async function runParts(
  run: Run,
  parts: readonly Part[],
  { recordOf, onStarted, onCommitted, verify }: Job,
): Promise<PartsFailure | undefined> {
  let committed = 0;
  let { ledger } = run;
  for (const part of parts) {
    try {
      stopIfTold(run);
      onStarted?.(part);
      if (part.transactional) {
        await announceRisk({ ...run, ledger }, part, recordOf);
        await commitPart({ ...run, ledger }, part, recordOf(part));
        committed += part.statements.length;
      } else {
        await expectAssumptions(run.db, recordOf(part).assumptions);
        const commit = async (piece: Part, record: PartRecord): Promise<void> => {
          await announceRisk({ ...run, ledger }, piece, recordOf);
          await commitPart({ ...run, ledger }, piece, record);
        };
        const onDone = (): void => void (committed += 1);
        const onStatement = (): void => stopIfTold(run);
        await runOneByOne(run, part, { recordOf, commit, onStatement, onDone });
        // A script that has nothing left to run is only to be recorded.
        if (part.statements.length === 0) await commit(part, recordOf(part));
      }
    } catch (error) {
      return { error, part, committed };
    }
    onCommitted?.(part);
    ledger = ledgerAfter(ledger, part);
    run.lease.commits.ledger = ledger;
    try {
      await verify?.(part);
    } catch (error) {
      return { error, part, committed };
    }
  }
  return undefined;
}

/** @throws `EXECUTOR.INTERRUPTED`, `EXECUTOR.LOCK_LOST`. */
export function stopIfTold({ signal, lease }: Pick<Run, "signal" | "lease">): void {
  if (signal?.aborted) throw interrupted();
  if (lease.lost.aborted) throw lockLostMeanwhile();
}

/** Where this process may end before it can look after an index that an undone part has emptied, the next run does. */
async function announceRisk(run: Run, part: Part, recordOf: Job["recordOf"]): Promise<void> {
  const indexes = indexesAtRisk(part.statements);
  if (indexes.length === 0) return;
  const { actor, toolVersion } = recordOf(part).event;
  const event = { kind: "check", result: "begun", actor, toolVersion, versions: [] } as const;
  await commitPart(run, { ...part, statements: [] }, { ledger: [], event: { ...event, indexes } });
}

async function expectAssumptions(
  db: Database,
  assumptions: readonly Assumption[] = [],
): Promise<void> {
  if (assumptions.length > 0) await db.transact(assumptionChecks(assumptions));
}

async function commitPart(run: Run, part: Part, record: PartRecord): Promise<void> {
  const id = randomUUID();
  const { snapshot } = record;
  await commitOnce(
    run.db,
    id,
    () =>
      snapshot === undefined
        ? commitScript(run, part, record, id)
        : commitWithSnapshot(
            run.db,
            guardOf(run, part.direction),
            part,
            { ...record, snapshot },
            id,
          ),
    run,
  );
  run.lease.commits.events.push(id);
}

/** All in one text, one round trip. */
async function commitScript(run: Run, part: Part, record: PartRecord, id: string): Promise<void> {
  const { script, bindings } = partScript(run, part, record, id);
  await run.db.transact(script, bindings);
}

/** The transaction of a part: the guards, its statements, and the bookkeeping with an event of this id. */
export function partScript(
  run: Pick<Run, "lease" | "ledger">,
  part: Part,
  record: PartRecord,
  id: string,
): BoundScript {
  return joinScripts([
    unbound([{ text: "LET $__surql_started = time::now()" }]),
    guardOf(run, part.direction),
    ...(record.company?.opening ?? []),
    // Behind what reads the whole schema: the engine has it at hand then, and asks each table in a third of the time.
    unbound(assumptionChecks(record.assumptions ?? [])),
    ...inCompany(part.statements, record.company),
    ...record.ledger,
    recordEvent(id, record.event),
    ...(record.company?.closing ?? []),
  ]);
}

/** Ties a transaction to the lock, and to the ledger that it was planned on. */
function guardOf(
  { lease, ledger }: Pick<Run, "lease" | "ledger">,
  direction: MigrationDirection,
): BoundScript {
  const { statement, bindings } = holdLock(lease);
  const held = { script: [statement], bindings };
  const last = ledger.at(-1);
  if (direction === "down") return joinScripts([held, expectLedgerCount(ledger.length)]);
  // A row that is there already cannot be written twice; what is built on must still be there.
  return last === undefined ? held : joinScripts([held, expectApplied(last)]);
}

function ledgerAfter(ledger: readonly string[], part: Part): readonly string[] {
  if (part.direction === "up") return [...ledger, ...part.finishes];
  const gone = new Set(part.finishes);
  return ledger.filter((version) => !gone.has(version));
}

/** The statements of a part, each with what of ours goes with it. */
function inCompany(
  statements: readonly PreparedStatement[],
  { before, after }: Company = {},
): readonly BoundScript[] {
  return statements.flatMap((statement) => [
    ...(before?.get(statement) ?? []),
    unbound([scriptStatement(statement)]),
    ...(after?.get(statement) ?? []),
  ]);
}

function unbound(script: readonly ScriptStatement[]): BoundScript {
  return { script, bindings: {} };
}
