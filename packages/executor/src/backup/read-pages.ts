import type { Database } from "@surql/connection";
import { quoteIdentifier, readLiteral, writeLiteral, type TypedJson } from "@surql/surrealql";
import { itemsBefore } from "../batches/batch-keeping.ts";
import type { Keeping } from "../quarantine/keeping.ts";
import { tableExists } from "../quarantine/stored-records.ts";

/** A record or value as a record file has it. */
export interface BackedUpItem {
  /** As the engine writes it. */
  readonly item: string;
  readonly isEdge: boolean;
}

interface Page {
  readonly items: readonly BackedUpItem[];
  /** The id of the last record, as the engine writes it in an array. */
  readonly last: string | null;
}

/** How many records are held at a time. */
const pageSize = 500;

/**
 * Reads what statements are going to lose, page by page, in the order of keys. Each page is what is committed at that moment.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 */
export async function* readPages(
  db: Pick<Database, "query">,
  keeping: Keeping,
): AsyncGenerator<readonly BackedUpItem[]> {
  let from: string | undefined = quoteIdentifier(keeping.table);
  while (from !== undefined) {
    const [answer] = await db.query(pageOf(keeping, from));
    const { items, last } = answer as Page;
    if (items.length > 0) yield items;
    from = last === null || items.length < pageSize ? undefined : behind(last);
  }
}

function pageOf(keeping: Keeping, from: string): string {
  const item = keeping.kind === "records" ? "{ id: $one.id, value: $one }" : "$one";
  return (
    `RETURN { IF !(${tableExists(keeping.table)}) { RETURN { items: [], last: NULL } }; ` +
    `LET $page = (${itemsBefore(keeping)(from)} LIMIT ${pageSize}); RETURN { ` +
    `items: $page.map(|$one| { item: <string>${item}, isEdge: record::is_edge($one.id) }), ` +
    "last: IF array::len($page) > 0 { <string>[array::last($page).id] } ELSE { NULL } } }"
  );
}

/** The records behind an id, as a range of keys: a condition on the id would read all those before it again. */
function behind(last: string): string | undefined {
  const ids = readLiteral(last) as readonly {
    readonly $record: Readonly<Record<string, TypedJson>>;
  }[];
  const { table = null, key = null } = ids[0]?.$record ?? {};
  return writeLiteral({ $record: { table, key: { $range: { after: key } } } });
}
