import type { ExecutorEvent } from "surql/executor";
import { renderBackup } from "../render/backup.ts";
import { renderSplit } from "../render/applied.ts";
import { renderOutOfOrder } from "../render/out-of-order.ts";
import { renderLock } from "../render/lock.ts";
import { renderRetry } from "../render/retry.ts";
import { renderBatch } from "../render/batch.ts";
import { renderRestoreInBatches } from "../render/restored.ts";
import type { Output } from "./output.ts";

/** Shows the steps of a run while somebody watches, and says what is out of the ordinary in any case. */
export function showProgress(output: Output): (event: ExecutorEvent) => void {
  return (event) => {
    if (event.kind === "planned") {
      for (const { version, transactions, notes } of event.migrations) {
        if (notes.length > 0) output.note(renderSplit(version, transactions, notes));
      }
    } else if (event.kind === "out-of-order") {
      for (const late of event.migrations) output.note(renderOutOfOrder(late));
    } else if (event.kind === "backup-written") {
      output.note(renderBackup(event.files));
    } else if (event.kind === "view-stale") {
      output.note(`The view ${event.view} lacks what came back: define it again. ${event.reason}`);
    } else if (event.kind === "links-stale") {
      output.note(
        `What refers from ${event.table} to records that came back is not found by <~ until it is written again. ${event.reason}`,
      );
    } else if (event.kind === "index-rebuilt") {
      output.note(`Index ${event.index} of ${event.table} missed records and was rebuilt.`);
    } else if (event.kind === "restores-in-batches") {
      output.note(renderRestoreInBatches(event.entries));
    } else if ("perSecond" in event) {
      output.progress(renderBatch(event));
    } else if (event.kind === "lock-waiting") {
      const seconds = Math.ceil(event.leftMs / 1000);
      output.note(
        `${renderLock({ ...event.holder, expired: false })} Waiting for it, up to ${seconds} s.`,
      );
    } else if (event.kind === "retrying") {
      output.note(renderRetry(event));
    } else if (event.kind === "rehearsal-started") {
      output.progress(`Rehearsing ${event.version} (${event.position} of ${event.total})`);
    } else if (event.kind === "migration-started") {
      const verb = event.direction === "up" ? "Applying" : "Rolling back";
      output.progress(`${verb} ${event.version} (${event.position} of ${event.total})`);
    }
  };
}
