import { randomUUID } from "node:crypto";
import { retry, type Bindings, type BoundScript, type ScriptStatement } from "@surql/connection";
import { expectEvent, settleCommit } from "@surql/history";
import type { Migration } from "@surql/migration";
import { recordOfApply, type ApplyOneOptions } from "./apply-one.ts";
import { isOutcomeUnknown } from "../run/commit-once.ts";
import { layOutWhole } from "../run/lay-out.ts";
import { readRefusal } from "../run/migration-failure.ts";
import { partScript, stopIfTold, type Run } from "../run/run-parts.ts";

/**
 * Applies migrations in one round trip, each in a transaction of its own with its own bookkeeping. The engine goes on
 * after a transaction that failed, so each expects the event of the one before it: behind a failure all fail.
 *
 * @param migrations Of those that {@link groupAt} gives.
 * @param options `sequence` is that of the first.
 * @returns Those that are applied, from the first on. Of the one behind them it is certain that it is not, but not why.
 * @throws `EXECUTOR.INTERRUPTED`, `EXECUTOR.LOCK_LOST`, before anything was sent; `CONNECTION.*` when it cannot be found out
 * what was committed.
 */
export async function applyJoined(
  run: Run,
  migrations: readonly Migration[],
  options: ApplyOneOptions,
): Promise<readonly Migration[]> {
  if (migrations.length === 0) return [];
  stopIfTold(run);
  const ids = migrations.map(() => randomUUID());
  const transactions = migrations.map((migration, position) =>
    numbered(position, transactionOf(run, migration, position, ids, options)),
  );
  const committed = await commitAll(run, ids, transactions);
  const applied = migrations.slice(0, committed);
  run.lease.commits.events.push(...ids.slice(0, committed));
  run.lease.commits.ledger = [...run.ledger, ...applied.map(({ version }) => version)];
  return applied;
}

function transactionOf(
  { lease, ledger }: Run,
  migration: Migration,
  position: number,
  ids: readonly string[],
  options: ApplyOneOptions,
): BoundScript {
  const [part] = layOutWhole(migration);
  const sequence = options.sequence + position;
  const { event, ...rest } = recordOfApply(part!, migration, { ...options, sequence }, sequence);
  // Its indexes are those of tables without records: there is nothing to check.
  const record = { ...rest, event: { ...event, indexes: undefined } };
  const before = ids[position - 1];
  return before === undefined
    ? partScript({ lease, ledger }, part!, record, ids[position]!)
    : partScript(
        { lease, ledger: [] },
        part!,
        { ...record, company: { opening: [expectEvent(before)] } },
        ids[position]!,
      );
}

/** Sends them. How many were committed, from the first on. */
async function commitAll(
  run: Run,
  ids: readonly string[],
  transactions: readonly BoundScript[],
): Promise<number> {
  const bindings: Bindings = Object.assign({}, ...transactions.map((one) => one.bindings));
  try {
    const errors = await run.db.transactEach(
      transactions.map(({ script }) => script),
      bindings,
    );
    const failed = errors.findIndex((error) => error !== undefined);
    return failed === -1 ? ids.length : failed;
  } catch (error) {
    if (!isOutcomeUnknown(error)) return 0;
    const { onRetry } = run;
    try {
      return await countCommitted(ids, (id) => retry(() => settleCommit(run.db, id), { onRetry }));
    } catch {
      throw readRefusal(error) ?? error;
    }
  }
}

/** One that is not committed never will be, nor those behind it, which expect its event. */
async function countCommitted(
  ids: readonly string[],
  isCommitted: (id: string) => Promise<boolean>,
): Promise<number> {
  let count = 0;
  for (const id of ids) {
    if (!(await isCommitted(id))) break;
    count += 1;
  }
  return count;
}

/** All transactions of a text share its parameters: ours get the position into their names. */
function numbered(position: number, { script, bindings }: BoundScript): BoundScript {
  const name = (text: string): string => text.replaceAll("__surql_", `__surql${position}_`);
  return {
    script: script.map((one): ScriptStatement =>
      one.origin?.["statementIndex"] === undefined ? { ...one, text: name(one.text) } : one,
    ),
    bindings: Object.fromEntries(
      Object.entries(bindings).map(([key, value]) => [name(key), value]),
    ),
  };
}
