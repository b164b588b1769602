import { quarantineTable } from "@surql/history";
import { quoteString } from "@surql/surrealql";
import { headerOf } from "./entry-place.ts";
import { fieldSegments } from "./field-segments.ts";
import type { Keeping } from "./keeping.ts";

/** What goes into the header of an entry besides what is kept. */
export interface EntryFrame {
  /** Position among the entries of the rollback. */
  readonly sequence: number;
  /** Milliseconds until it may be dropped; `undefined` keeps it for good. */
  readonly keepForMs: number | undefined;
}

/** Items in one row. Measured: with 100, all three stores take no longer than for one row a record. */
const itemsPerRow = 100;

/** Items that are in a parameter. */
export interface BoundItems {
  readonly param: string;
  /** Whether they are edges. */
  readonly relation: boolean;
}

/**
 * Statements that write the data rows and the header of an entry, from items that are in parameters. Pure. Nothing is
 * written when there are none. They are cleared then, so that the engine does not hold them any longer.
 *
 * @param more Columns of the header that depend on the kind, as SurrealQL.
 */
export function keepRows(
  keeping: Keeping,
  items: readonly BoundItems[],
  frame: EntryFrame,
  more: Readonly<Record<string, string>> = {},
): readonly string[] {
  const { id } = keeping;
  const columns = {
    ...entryColumns(keeping, frame),
    count: sum(items.map(({ param }) => `array::len(${param})`)),
    rows: sum(items.map(({ param }) => rowCount(param))),
    ...more,
  };
  const header = Object.entries(columns).map(([name, value]) => `${name}: ${value}`);
  return [
    ...items.map(({ param, relation }, position) => {
      const from = sum(items.slice(0, position).map((one) => rowCount(one.param)));
      return (
        `FOR $__surql_q_row IN array::clump(${param}, ${itemsPerRow})` +
        ".map(|$items, $n| { n: $n, items: $items }) { " +
        `CREATE type::record("${quarantineTable}", [${quoteString(id)}, ${from} + $__surql_q_row.n]) ` +
        `CONTENT { items: $__surql_q_row.items, relation: ${relation} } RETURN NONE }`
      );
    }),
    `IF ${items.map(({ param }) => `array::len(${param}) > 0`).join(" OR ")} ` +
      `{ CREATE ${headerOf(id)} CONTENT { ${header.join(", ")} } RETURN NONE }`,
    ...items.map(({ param }) => `LET ${param} = NONE`),
  ];
}

/** The columns of a header that do not depend on how much is kept, as SurrealQL. Pure. */
export function entryColumns(
  { kind, migration, table, field, of }: Keeping,
  { sequence, keepForMs }: EntryFrame,
): Readonly<Record<string, string>> {
  return {
    kind: quoteString(kind),
    state: "'kept'",
    event: "$__surql_event_id",
    migration: quoteString(migration),
    sequence: String(sequence),
    table: quoteString(table),
    ...(field !== undefined && {
      field: quoteString(field),
      path: `[${fieldSegments(field).names.map(quoteString).join(", ")}]`,
      cleaned: "false",
    }),
    ...(of !== undefined && { of: quoteString(of) }),
    kept_at: "time::now()",
    ...(keepForMs !== undefined && { expires_at: `time::now() + ${Math.round(keepForMs)}ms` }),
  };
}

/** How many rows the items in a parameter take, as SurrealQL. */
function rowCount(param: string): string {
  return `<int>math::ceil(array::len(${param}) / ${itemsPerRow}f)`;
}

function sum(parts: readonly string[]): string {
  return parts.length > 0 ? parts.join(" + ") : "0";
}
