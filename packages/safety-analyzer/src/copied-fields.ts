import { readingOf } from "@surql/surrealql";
import { isPath } from "./field-path.ts";
import type { PlanStep } from "./plan-step.ts";
import { assignmentsIn } from "./write-targets.ts";

/** A field whose value an `UPDATE` writes into another one of the same table, as it is. */
export interface CopiedField {
  /** Paths as `INFO` writes them. */
  readonly from: string;
  readonly to: string;
}

const read = new WeakMap<PlanStep, ReadonlyMap<string, readonly CopiedField[]>>();

/**
 * The fields of a table that a script copies, by `UPDATE … SET to = from`. Whether it does so for all records, and whether they stay, is for the data to
 * show. A script is read once, as each of its removals asks for it.
 */
export function copiedFields(step: PlanStep, table: string): readonly CopiedField[] {
  const known = read.get(step) ?? copiesByTable(step);
  read.set(step, known);
  return known.get(table) ?? [];
}

function copiesByTable({ statements }: PlanStep): ReadonlyMap<string, readonly CopiedField[]> {
  const copies = new Map<string, CopiedField[]>();
  for (const statement of statements) {
    const { touches } = readingOf(statement);
    if (!touches.some((one) => one.effect === "write" && one.verb === "update")) continue;
    const { tables, items } = assignmentsIn(statement.text) ?? { tables: [], items: [] };
    for (const { path, value } of items) {
      const [to, from] = [path, value].map(spelled);
      if (to === undefined || from === undefined) continue;
      for (const table of tables) copies.set(table, [...(copies.get(table) ?? []), { from, to }]);
    }
  }
  return copies;
}

/** Where a copy of a field, or of one that it lies in, puts its value. */
export function placeOfCopy(field: string, { from, to }: CopiedField): string | undefined {
  const isIn = field === from || field.startsWith(`${from}.`);
  return isIn ? to + field.slice(from.length) : undefined;
}

/** A path as `INFO` writes it, names bare where they can be; `undefined` for what is no plain path. */
function spelled(path: string): string | undefined {
  if (!isPath(path) || /[*[]/.test(path)) return undefined;
  if (/^(?:NONE|NULL|true|false)$/i.test(path)) return undefined;
  return path.replaceAll(/`([A-Za-z_]\w*)`|⟨([A-Za-z_]\w*)⟩/g, "$1$2");
}
