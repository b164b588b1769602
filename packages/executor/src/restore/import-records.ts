import { randomUUID } from "node:crypto";
import type { Database } from "@surql/connection";
import { ensureLedger, listQuarantine, quarantineTable } from "@surql/history";
import { quoteString } from "@surql/surrealql";
import { namesOf } from "./entry-names.ts";
import { readRecordLine, type LineHead, type RecordLine } from "./record-line.ts";

/** A file of records, as the caller reads it. */
export interface RecordFile {
  readonly name: string;
  readonly lines: AsyncIterable<string> | Iterable<string>;
}

/** An entry that is being written. */
interface Draft {
  readonly id: string;
  readonly head: LineHead;
  readonly isEdge: boolean;
  count: number;
  rows: number;
}

const itemsPerRow = 100;

/**
 * Takes files of records, as `exportQuarantine` and a backup write them, into the quarantine, from where `restoreQuarantined`
 * gives them back by its rules. It expires at once: `pruneQuarantine` drops it. A hundred records are held at a time.
 *
 * @returns What `restoreQuarantined` is to be called with; `undefined` when the files are empty.
 * @throws `EXECUTOR.INVALID_RECORD_FILE` naming the line; nothing is left in the quarantine then. `CONNECTION.*`.
 * @example
 * ```ts
 * const event = await importRecords(db, [{ name: "user.jsonl", lines }]);
 * await restoreQuarantined(db, event, { rule: "theirs" });
 * ```
 */
export async function importRecords(
  db: Database,
  files: Iterable<RecordFile> | AsyncIterable<RecordFile>,
): Promise<string | undefined> {
  await ensureLedger(db);
  const event = randomUUID();
  const drafts: Draft[] = [];
  try {
    for await (const { name, lines } of files) {
      let number = 0;
      let batch: RecordLine[] = [];
      for await (const text of lines) {
        number += 1;
        if (text.trim() === "") continue;
        const line = readRecordLine(text, `${name}, line ${number}`);
        const [first] = batch;
        if (first !== undefined && (batch.length === itemsPerRow || !isSameEntry(first, line))) {
          await writeRow(db, drafts, batch);
          batch = [];
        }
        batch.push(line);
      }
      await writeRow(db, drafts, batch);
    }
    if (drafts.length === 0) return undefined;
    const headers = drafts.map((draft, sequence) => ({ text: headerOf(draft, event, sequence) }));
    await db.transact(headers);
    return event;
  } catch (error) {
    // Without a header nothing would ever find them again.
    for (const { id } of drafts) await db.query(`DELETE ${rowsOf(id)} RETURN NONE`).catch(() => []);
    throw error;
  }
}

/** Drops what {@link importRecords} took in, unless it was given back meanwhile. */
export async function discardImported(db: Database, event: string): Promise<void> {
  const entries = (await listQuarantine(db)).filter(
    (entry) => entry.event === event && entry.imported === true && entry.restoredAt === undefined,
  );
  const script = entries.flatMap((entry) => {
    const { header, rows } = namesOf(entry);
    return [{ text: `DELETE ${rows} RETURN NONE` }, { text: `DELETE ${header} RETURN NONE` }];
  });
  if (script.length > 0) await db.transact(script);
}

async function writeRow(
  db: Database,
  drafts: Draft[],
  batch: readonly RecordLine[],
): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  let draft = drafts.at(-1);
  if (draft === undefined || !isSameEntry(draft, first)) {
    draft = { id: newId(), head: first.head, isEdge: first.isEdge, count: 0, rows: 0 };
    drafts.push(draft);
  }
  const items = batch.map(({ item }) => item).join(", ");
  await db.query(
    `CREATE ${quarantineTable}:[${quoteString(draft.id)}, ${draft.rows}] ` +
      `CONTENT { items: [${items}], relation: ${first.isEdge} } RETURN NONE`,
  );
  draft.rows += 1;
  draft.count += batch.length;
}

function isSameEntry(one: Pick<RecordLine, "head" | "isEdge">, other: RecordLine): boolean {
  return one.isEdge === other.isEdge && JSON.stringify(one.head) === JSON.stringify(other.head);
}

function headerOf(
  { id, head, isEdge, count, rows }: Draft,
  event: string,
  sequence: number,
): string {
  const { kind, migration, table, field, path, of } = head;
  const columns = {
    kind: quoteString(kind),
    state: '"kept"',
    event: quoteString(event),
    migration: quoteString(migration),
    // What was written first goes back last.
    sequence: String(sequence),
    table: quoteString(table),
    ...(field !== undefined && {
      field: quoteString(field),
      path: JSON.stringify(path),
      cleaned: "false",
    }),
    ...(of !== undefined && { of: quoteString(of) }),
    // Tells those that have to wait for the records that they join.
    ...(isEdge && { definition: '{ table: "DEFINE TABLE edges TYPE RELATION" }' }),
    count: String(count),
    rows: String(rows),
    imported: "true",
    kept_at: "time::now()",
    expires_at: "time::now()",
  };
  const content = Object.entries(columns).map(([name, value]) => `${name}: ${value}`);
  return `CREATE ${quarantineTable}:${id} CONTENT { ${content.join(", ")} } RETURN NONE`;
}

function rowsOf(id: string): string {
  return `${quarantineTable}:[${quoteString(id)}]..[${quoteString(id)}, ..]`;
}

function newId(): string {
  return `q${randomUUID().replaceAll("-", "").slice(0, 11)}`;
}
