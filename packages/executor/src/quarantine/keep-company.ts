import type { BoundScript } from "@surql/connection";
import { eventTable, quarantineTable } from "@surql/history";
import { quoteString } from "@surql/surrealql";
import type { Part } from "../run/lay-out.ts";
import type { PreparedStatement } from "../run/prepared-statement.ts";
import type { Company } from "../run/run-parts.ts";
import { keepChangedRows } from "../batches/keep-changed-rows.ts";
import { takeOverKeeping } from "../batches/take-over-keeping.ts";
import { cleanExtras } from "./clean-extras.ts";
import { cleanFields } from "./clean-fields.ts";
import { keepChanged, takeImage } from "./keep-changed.ts";
import {
  dropUnlostField,
  dropUnlostTable,
  keepEdges,
  keepField,
  keepTable,
} from "./keep-removed.ts";
import type { EntryFrame } from "./keep-rows.ts";
import type { Keeping } from "./keeping.ts";
import { commitsOf, type Preservation } from "./preservation.ts";
import { mayWrite } from "../run/may-write.ts";

/**
 * Makes the statements that keep what each part of a rollback loses, for the moments at which they have to run. Pure.
 *
 * @param keepForMs Milliseconds after which it may be dropped; `undefined` keeps it for good.
 */
export function keepCompanies(
  preservation: Preservation,
  keepForMs: number | undefined,
): (part: Part) => Company | undefined {
  const companies = new Map<PreparedStatement, Company>();
  for (const [part, keepings] of preservation) {
    for (const statements of commitsOf(part)) {
      const [first] = statements;
      const theirs = keepings.filter(({ before }) => statements.includes(before));
      if (first === undefined || theirs.length === 0) continue;
      companies.set(first, keepCompany(statements, theirs, keepForMs));
    }
  }
  // Of a part without a transaction, each statement is asked about as a part of its own.
  return ({ statements: [first] }) => first && companies.get(first);
}

function keepCompany(
  statements: readonly PreparedStatement[],
  keepings: readonly Keeping[],
  keepForMs: number | undefined,
): Company {
  const before = new Map<PreparedStatement, BoundScript[]>();
  const after = new Map<PreparedStatement, BoundScript[]>();
  const add = (
    hooks: typeof before,
    statement: PreparedStatement,
    keeping: Keeping,
    script: readonly string[],
  ): void => {
    const { migration, table } = keeping;
    const origin = { migration, quarantine: table };
    const bound = { script: script.map((text) => ({ text, origin })), bindings: {} };
    hooks.set(statement, [...(hooks.get(statement) ?? []), bound]);
  };

  for (const [position, keeping] of keepings.entries()) {
    const frame: EntryFrame = { sequence: position, keepForMs };
    const { kind, until } = keeping;
    if (kind === "records" && until !== undefined) {
      const { inBatches } = keeping;
      const image = inBatches ? takeOverKeeping(keeping, frame) : takeImage(keeping);
      add(before, keeping.before, keeping, image);
      for (const statement of keeping.cleaning ?? []) {
        add(after, statement, keeping, cleanExtras(keeping.table, keeping.fields ?? []));
      }
      const hooks = until.at === "before" ? before : after;
      const changed = inBatches ? keepChangedRows(keeping) : keepChanged(keeping, frame);
      add(hooks, until.statement, keeping, changed);
    }
  }
  for (const [position, keeping] of keepings.entries()) {
    const frame: EntryFrame = { sequence: position, keepForMs };
    if (keeping.kind === "records") continue;
    add(before, keeping.before, keeping, keepRemoved(keeping, frame));
    if (keeping.isCertain) continue;
    add(after, keeping.before, keeping, dropUnlost(keeping));
  }
  for (const [statement, removed] of moments(statements, keepings)) {
    const [first] = removed;
    if (first !== undefined) add(after, statement, first, cleanFields(first.table, removed));
  }
  return { before, after, closing: [recordKept(keepings)] };
}

/** Writes into the event of the transaction what was kept in it. */
function recordKept(keepings: readonly Keeping[]): BoundScript {
  const ids = keepings.map(({ id }) => quoteString(id)).join(", ");
  const text =
    `UPDATE type::record("${eventTable}", $__surql_event_id) SET kept = [${ids}].map(|$id| (SELECT VALUE ` +
    "{ entry: $id, kind: kind, migration: migration, table: table, field: field, count: count } " +
    `FROM ONLY type::record("${quarantineTable}", $id))).filter(|$one| $one != NONE) RETURN NONE`;
  return { script: [{ text, origin: { ledger: "event" } }], bindings: {} };
}

function keepRemoved(keeping: Keeping, frame: EntryFrame): readonly string[] {
  if (keeping.inBatches) return takeOverKeeping(keeping, frame);
  if (keeping.kind === "table") return keepTable(keeping, frame);
  return keeping.kind === "edges" ? keepEdges(keeping, frame) : keepField(keeping, frame);
}

function dropUnlost(keeping: Keeping): readonly string[] {
  if (keeping.kind === "field") return dropUnlostField(keeping);
  const table = keeping.of ?? keeping.table;
  return dropUnlostTable({ ...keeping, table });
}

/**
 * When to clean, and which fields: after the last of several removals, but before anything else may write. A field
 * is cleaned again with later ones, as it may have been kept from it by a part of it that was still defined.
 */
function moments(
  statements: readonly PreparedStatement[],
  keepings: readonly Keeping[],
): readonly (readonly [PreparedStatement, readonly Keeping[]])[] {
  const removed = new Map<string, Keeping[]>();
  const found: (readonly [PreparedStatement, readonly Keeping[]])[] = [];
  let dirty = new Set<string>();
  for (const [position, statement] of statements.entries()) {
    for (const keeping of keepings) {
      if (keeping.kind !== "field" || keeping.before !== statement) continue;
      removed.set(keeping.table, [...(removed.get(keeping.table) ?? []), keeping]);
      dirty.add(keeping.table);
    }
    const next = statements[position + 1];
    if (next !== undefined && !next.touches.some(mayWrite) && !keepsWhole(next, keepings, dirty))
      continue;
    for (const table of dirty) found.push([statement, removed.get(table) ?? []]);
    dirty = new Set();
  }
  return found;
}

/** Whether a dirty table is removed: its records come back before those fields do, into a table that lacks them. */
function keepsWhole(
  statement: PreparedStatement,
  keepings: readonly Keeping[],
  dirty: ReadonlySet<string>,
): boolean {
  return keepings.some(
    ({ kind, before, table }) => kind === "table" && before === statement && dirty.has(table),
  );
}
