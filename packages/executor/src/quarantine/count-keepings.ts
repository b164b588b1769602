import type { Database } from "@surql/connection";
import type { RollbackIssue } from "@surql/safety-analyzer";
import { fitsBatches } from "../batches/fits-batches.ts";
import type { Keeping } from "./keeping.ts";
import { countEdges, countField, countTable } from "./keep-removed.ts";
import type { PlannedKeep } from "./planned-keep.ts";
import { mayHoldEdges } from "./stored-records.ts";

/** What {@link countKeepings} goes by. */
interface CountOptions {
  /** What was counted already, about records that statements write to. */
  readonly issues: readonly RollbackIssue[];
  /** With more records than this, what can be kept in batches is. */
  readonly batchAbove: number;
  /** Whether a table is `SCHEMAFULL`. */
  readonly isFull: (table: string) => boolean;
}

/** Measured: an image in one transaction takes the engine some 35 kB a record, a table that is kept there some 5 kB. */
const imageWeight = 10;

/**
 * Counts what there is to keep, on the database as it is. What is not there now is left out.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 */
export async function countKeepings(
  db: Pick<Database, "query">,
  keepings: readonly Keeping[],
  { issues, batchAbove, isFull }: CountOptions,
): Promise<readonly PlannedKeep[]> {
  if (keepings.length === 0) return [];
  const counts = await db.query(keepings.map((one) => `RETURN ${countOf(one)}`).join(";\n"));
  const mostOf = ({ kind }: Keeping): number =>
    kind === "records" ? batchAbove / imageWeight : batchAbove;
  const large = keepings.filter((one, position) => Number(counts[position]) > mostOf(one));
  const withEdges = await tablesWithEdges(db, large);
  return keepings.flatMap((keeping, position) => {
    const stored = Number(counts[position]);
    const { migration, kind, table, field, of } = keeping;
    const told = kind === "records" ? writtenRecords(keeping, issues) : undefined;
    const records = Math.min(told ?? stored, stored);
    const isLarge = stored > mostOf(keeping);
    const inBatches = isLarge && fitsBatches(keepings, position, withEdges.has(table));
    const beside = heldBeside(keeping, records, isFull);
    const held = inBatches ? beside > batchAbove && beside : isLarge && stored;
    if (records === 0 && held === false) return [];
    const exact = kind === "records" ? told !== undefined : keeping.isCertain;
    const cleans = keeping.cleaning !== undefined && { cleans: true as const };
    const named = {
      ...cleans,
      ...(field !== undefined && { field }),
      ...(of !== undefined && { of }),
    };
    const size = {
      ...(inBatches && { inBatches, ...(kind === "records" && { image: stored }) }),
      ...(held !== false && { held }),
    };
    return [{ migration, kind, table, ...named, records, exact, ...size }];
  });
}

/** How many records the transaction writes although they are kept in batches before it. */
function heldBeside(
  { kind, table }: Keeping,
  records: number,
  isFull: (table: string) => boolean,
): number {
  // Values that were kept are still taken out of the records by one statement; a table goes as a whole.
  return kind === "records" || (kind === "field" && isFull(table)) ? records : 0;
}

/** Those of the tables for edges and other records in which there are edges, perhaps. */
async function tablesWithEdges(
  db: Pick<Database, "query">,
  keepings: readonly Keeping[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { table, edges } of keepings) {
    if (edges !== "some" || found.has(table)) continue;
    const [holdsEdges] = await db.query(`RETURN ${mayHoldEdges(table)}`);
    if (holdsEdges !== false) found.add(table);
  }
  return found;
}

function countOf(keeping: Keeping): string {
  if (keeping.kind === "field") return countField(keeping);
  return keeping.kind === "edges" ? countEdges(keeping) : countTable(keeping);
}

/** How many records of the table the statements write, where each of them was counted. */
function writtenRecords(
  { migration, table }: Keeping,
  issues: readonly RollbackIssue[],
): number | undefined {
  const impacts = issues
    .filter(
      ({ code, object, ...issue }) =>
        (code === "records_changed" || code === "records_deleted") &&
        issue.migration === migration &&
        object?.kind === "table" &&
        object.name === table,
    )
    .map(({ impact }) => impact);
  if (impacts.length === 0 || impacts.some((impact) => impact?.exact !== true)) return undefined;
  return impacts.reduce((sum, impact) => sum + (impact?.records ?? 0), 0);
}
