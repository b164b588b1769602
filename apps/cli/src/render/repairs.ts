import type { Repair, RepairResult } from "surql/executor";
import type { RestoreHalfWay } from "surql/history";
import { amount } from "../output/amount.ts";
import type { Style } from "../output/style.ts";
import { nameOfKept } from "./kept.ts";

/** What a repair did, and what is left. */
export function renderRepairs(
  { repaired, left, dryRun }: RepairResult & { readonly dryRun?: boolean },
  style: Style,
): string {
  if (repaired.length === 0 && left.length === 0) return "Nothing to repair.";
  const open = left.map((repair) => `  ${describeRepair(repair)}`);
  return [
    ...(dryRun === true ? ["Dry run, nothing was written."] : []),
    ...(repaired.length > 0 ? [style("green", "Repaired")] : []),
    ...repaired.map((repair) => `  ${describeRepair(repair)}`),
    ...(open.length > 0 ? [style("yellow", "Left"), ...open] : []),
  ].join("\n");
}

/** One thing that an interruption left, in a line, and what goes on from there. */
export function describeRepair(repair: Repair): string {
  if (repair.kind === "index")
    return `index ${repair.name} of ${repair.table}, which was never checked`;
  if (repair.kind === "keeping") {
    return `${repair.migration}: ${amountOf(repair)} kept for a rollback that did not come to its end; surql migrate rollback goes on, surql migrate repair --abandon drops them`;
  }
  if (repair.kind === "restoring") return howFarRestored(repair);
  const { version, direction, statementsDone, statements, unsettled } = repair;
  if (unsettled !== undefined) {
    return `${version}: statement ${statementsDone + 1} (${direction}, line ${unsettled.line}) was begun, and it is not known whether it ran: ${unsettled.text}`;
  }
  const next =
    direction === "up"
      ? "surql migrate up goes on, surql migrate rollback undoes it"
      : "surql migrate rollback goes on";
  const way = direction === "up" ? "applied" : "rolled back";
  return `${version}: ${statementsDone}${statements === undefined ? "" : ` of ${statements}`} statements ${way}; ${next}`;
}

/** How far what is put back in batches came, and what goes on with it or takes it back. */
export function howFarRestored(half: RestoreHalfWay): string {
  const { entry, migration, done, rule, applying } = half;
  const command =
    applying === undefined ? `surql migrate restore ${entry} --rule ${rule}` : "surql migrate up";
  return `${migration}: ${done} of ${amountOf(half)} are given back; ${command} goes on, surql migrate repair --abandon takes them out again`;
}

/** `1 record of user`, `12 values of user.bio`. */
function amountOf(entry: Pick<RestoreHalfWay, "table" | "field" | "count">): string {
  const noun = entry.field === undefined ? "record" : "value";
  return `${amount(entry.count, noun)} of ${nameOfKept(entry)}`;
}
