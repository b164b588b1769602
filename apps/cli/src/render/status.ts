import type { MigrationState, Progress } from "surql/history";
import { renderHeads } from "../branch-heads.ts";
import { amount } from "../output/amount.ts";
import { renderTable } from "../output/table.ts";
import type { ProvedStatus } from "../recorded-proofs.ts";
import { howFarRestored } from "./repairs.ts";
import { renderVerdict } from "./verdict.ts";
import type { Style, StyleName } from "../output/style.ts";

const colours: Readonly<Record<MigrationState, StyleName>> = {
  applied: "green",
  pending: "yellow",
  missing: "red",
  changed: "red",
};

/** Where the database stands, and the heads of the migrations where there are several. */
export interface ShownStatus extends ProvedStatus {
  readonly heads?: readonly string[] | undefined;
}

/** Where the database stands, as a table. */
export async function renderStatus(status: ShownStatus, style: Style): Promise<string> {
  const count = (state: MigrationState): number =>
    status.migrations.filter((migration) => migration.state === state).length;
  const counts = (["applied", "pending", "missing", "changed"] as const)
    .filter((state) => count(state) > 0)
    .map((state) => `${count(state)} ${state}`);
  const summary = `Current version: ${status.current ?? "base"} (${counts.join(", ") || "no migrations"})`;
  const notes = notesOf(status).map((note) => `\n${style("yellow", note)}`);
  if (status.migrations.length === 0) return `${summary}${notes.join("")}`;
  // Who records no proofs sees none.
  const hasProofs = status.migrations.some(({ proof }) => proof !== undefined);
  const table = await renderTable(
    ["VERSION", "DESCRIPTION", "STATE", "APPLIED AT", ...(hasProofs ? ["PROOF"] : [])],
    status.migrations.map(({ version, description, state, appliedAt, progress, proof }) => [
      version,
      description,
      style(colours[state], progress === undefined ? state : `${state}, half-way`),
      appliedAt ?? "",
      ...(hasProofs ? [proof === undefined ? "" : renderVerdict(proof, style)] : []),
    ]),
    style,
  );
  return `${summary}\n\n${table}${notes.length > 0 ? `\n${notes.join("")}` : ""}`;
}

/** What is going on, and what an interruption left. */
function notesOf(status: ShownStatus): readonly string[] {
  const { lock, migrations, uncheckedIndexes = [], kept = 0, restoring = [] } = status;
  const indexes = uncheckedIndexes.map(({ table, name }) => `${table}.${name}`).join(", ");
  return [
    ...renderHeads(status.heads),
    ...(lock === undefined
      ? []
      : [`Locked by ${lock.owner} since ${lock.acquiredAt}, until ${lock.expiresAt}.`]),
    ...migrations.flatMap(({ progress }) => (progress === undefined ? [] : [howFar(progress)])),
    ...(indexes === "" ? [] : [`Not checked yet: index ${indexes}. surql migrate repair does it.`]),
    ...(kept === 0 ? [] : [`Kept from rollbacks: ${amount(kept, "set")} of data.`]),
    ...restoring.map((half) => `Half-way: ${howFarRestored(half)}.`),
  ];
}

function howFar({ version, direction, statementsDone, statements, unsettled }: Progress): string {
  const way = direction === "up" ? "applied" : "rolled back";
  const of = statements === undefined ? "" : ` of ${statements}`;
  const begun =
    unsettled === undefined
      ? direction === "up"
        ? "surql migrate up goes on from there, surql migrate rollback undoes it"
        : "surql migrate rollback goes on from there"
      : `whether statement ${statementsDone + 1} (line ${unsettled.line}) ran is not known: surql migrate repair`;
  return `${version} is half-way: ${statementsDone}${of} statements ${way}; ${begun}.`;
}
