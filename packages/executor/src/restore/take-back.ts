import type { Database } from "@surql/connection";
import { listQuarantine, type QuarantineEntry } from "@surql/history";
import { commitBatch, type BatchRun } from "../batches/commit-batch.ts";
import { interrupted } from "../errors.ts";
import type { RunOptions } from "../options.ts";
import { commitEvent } from "../run/commit-event.ts";
import { retryOptions } from "../run/retry-options.ts";
import type { HeldLock } from "../run/with-lock.ts";
import { namesOf } from "./entry-names.ts";
import { isThere } from "./is-there.ts";
import { writeExactly } from "./put-back.ts";
import { backRow, hashOf, letComputed, nowOf } from "./restore-batch-scripts.ts";
import { rowsPerBatch } from "./restore-in-batches.ts";
import { restoreOrder } from "./restore-order.ts";
import { bindTo, expectTable } from "./restore-script.ts";
import { settleTables } from "./settle-restored.ts";

/**
 * Takes out again, in batches, what was put back half-way: what was there before stands there again. What somebody has written
 * since stays. The entries are kept then as if nothing had been put back; interrupted, the same call goes on.
 *
 * @throws `EXECUTOR.INTERRUPTED`, `EXECUTOR.LOCK_LOST`, `CONNECTION.*`.
 */
export async function takeBackRestores(
  db: Database,
  lease: HeldLock,
  options: RunOptions,
): Promise<void> {
  const half = (await listQuarantine(db)).filter(({ state }) => state === "restoring");
  if (half.length === 0) return;
  const run = { db, lease, ...retryOptions(options) };
  // Records before the edges that join them: with a record go its edges, which stand where they stood then.
  const ordered = restoreOrder(half);
  await commitBatch(
    run,
    ordered.flatMap((entry) => setHeader(entry, "restoring.back = true").script),
  );
  const [info] = await db.query("INFO FOR DB");
  const { tables } = info as { readonly tables: Readonly<Record<string, string>> };
  for (const entry of ordered) {
    // Where the table is gone by now, so is what came back.
    if (entry.table in tables) await takeBack(run, entry, options);
  }
  await settleTables(db, [...new Set(half.map(({ table }) => table))], options);
  const event = { kind: "repair", result: "abandoned", versions: [], decision: "abandon" } as const;
  const kept = ordered.flatMap((entry) => [
    setHeader(entry, 'state = "kept", restoring = NONE'),
    // Of data rows that were not through, what a migration itself had written may still be noted.
    bindTo(entry, [`DELETE ${namesOf(entry).back} RETURN NONE`]),
  ]);
  await commitEvent(db, lease, event, options, kept);
}

function setHeader(entry: QuarantineEntry, set: string): ReturnType<typeof bindTo> {
  return bindTo(entry, [`UPDATE ${namesOf(entry).header} SET ${set} RETURN NONE`]);
}

async function takeBack(
  run: BatchRun,
  entry: QuarantineEntry,
  { onEvent }: RunOptions,
): Promise<void> {
  const { migration, table, field, count, rows } = entry;
  const { script } = bindTo(entry, takeBackRows(entry, rowsPerBatch(entry)));
  const through = entry.restoring?.next ?? 0;
  const recordsOf = (some: number): number => Math.round((some / rows) * count);
  const since = performance.now();
  let next = through;
  while (next > 0) {
    if (run.signal?.aborted) throw interrupted();
    [next] = (await commitBatch(run, script)).at(-1) as readonly [number];
    const done = recordsOf(through - next);
    const perSecond = Math.round((done / (performance.now() - since)) * 1000);
    const total = recordsOf(through);
    onEvent?.({ kind: "batch-taken-back", migration, table, field, done, total, perSecond });
  }
}

/** The statements that take out what the last data rows gave back, and say in the header how many are left. Pure. */
function takeBackRows(entry: QuarantineEntry, size: number): readonly string[] {
  const { header } = namesOf(entry);
  return [
    expectTable(entry),
    `LET $__surql_next = (SELECT VALUE restoring.next FROM ONLY ${header})`,
    `LET $__surql_from = math::max([0, $__surql_next - ${size}])`,
    `LET $__surql_back = array::range($__surql_from, $__surql_next).map(|$n| ${backRow(entry, "$n")})`,
    letComputed(entry),
    ...writeExactly(entry, [
      `FOR $row IN $__surql_back { LET $edges = $row.relation; FOR $one IN $row.undo { LET $id = $one.id; LET $was = $one.before; ` +
        `IF ${isOurs(entry)} { ${writeBack(entry)} } } }`,
    ]),
    `DELETE $__surql_back RETURN NONE`,
    `UPDATE ${header} SET restoring.next = $__surql_from RETURN VALUE restoring.next`,
  ];
}

/** Whether it is still as it was left, or is an edge that went with a record that it joined. */
function isOurs(entry: QuarantineEntry): string {
  const same = `${hashOf(entry, nowOf(entry, "$id"))} = $one.after`;
  return entry.kind === "field" ? same : `${same} OR ($edges AND !(${isThere("$id")}))`;
}

function writeBack(entry: QuarantineEntry): string {
  if (entry.kind === "field") {
    const path = namesOf(entry).path.slice(1);
    const write = (value: string): string => `UPDATE $id SET ${path} = ${value} RETURN NONE`;
    // To the engine 1, 1.0 and 1dec are equal, and what is equal is not stored: so it is emptied first.
    return `${write("NONE")}; IF $was != NONE { ${write("$was")} }`;
  }
  const relate = "LET $in = $was.in; LET $out = $was.out; RELATE $in->$id->$out CONTENT";
  return (
    "IF $was = NONE { DELETE $id RETURN NONE } ELSE IF $edges " +
    `{ ${relate} {} RETURN NONE; ${relate} $was RETURN NONE } ELSE ` +
    `{ UPSERT $id REPLACE { id: $id } RETURN NONE; UPDATE $id REPLACE $was RETURN NONE }`
  );
}
