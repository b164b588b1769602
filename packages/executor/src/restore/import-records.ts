import { randomUUID } from "node:crypto";
import type { Database } from "@surql/connection";
import { ensureLedger, listQuarantine, quarantineTable } from "@surql/history";
import { quoteString } from "@surql/surrealql";
import { dropEntry, headerOf, newEntryId } from "../quarantine/entry-place.ts";
import { readRecordLine, type LineHead, type RecordLine } from "./record-line.ts";

/** A file of records, as the caller reads it. */
export interface RecordFile {
  readonly name: string;
  readonly lines: AsyncIterable<string> | Iterable<string>;
}

/** An entry that is being written. */
interface Draft {
  readonly id: string;
  readonly event: string;
  readonly sequence: number;
  readonly head: LineHead;
  readonly isEdge: boolean;
  rows: number;
}

const itemsPerRow = 100;

/**
 * Takes files of records, as `exportQuarantine` and a backup write them, into the quarantine, from where `restoreQuarantined`
 * gives them back by its rules. It expires at once: `pruneQuarantine` drops it, also where the process ended before all was
 * taken in. A hundred records are held at a time.
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
          await writeRow(db, drafts, batch, event);
          batch = [];
        }
        batch.push(line);
      }
      await writeRow(db, drafts, batch, event);
    }
    if (drafts.length === 0) return undefined;
    const whole = drafts.map(({ id }) => `UPDATE ${headerOf(id)} SET state = "kept"`);
    await db.transact(whole.map((text) => ({ text })));
    return event;
  } catch (error) {
    const started = drafts.flatMap(({ id }) => dropEntry(id));
    for (const text of started) await db.query(text).catch(() => []);
    throw error;
  }
}

/**
 * Drops what {@link importRecords} took in, unless it was given back meanwhile, or is half-way.
 *
 * @example
 * ```ts
 * const event = await importRecords(db, files);
 * if (event !== undefined && !(await confirmed())) await discardImported(db, event);
 * ```
 */
export async function discardImported(db: Database, event: string): Promise<void> {
  const entries = (await listQuarantine(db)).filter(
    ({ state, imported, restoredAt, ...entry }) =>
      entry.event === event &&
      imported === true &&
      state !== "restoring" &&
      restoredAt === undefined,
  );
  const script = entries.flatMap(({ id }) => dropEntry(id)).map((text) => ({ text }));
  if (script.length > 0) await db.transact(script);
}

/** A row goes in together with its header, or with what that says of it: nobody would find it otherwise. */
async function writeRow(
  db: Database,
  drafts: Draft[],
  batch: readonly RecordLine[],
  event: string,
): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  let draft = drafts.at(-1);
  const isNew = draft === undefined || !isSameEntry(draft, first);
  if (draft === undefined || isNew) {
    const { head, isEdge } = first;
    draft = { id: newEntryId(), event, sequence: drafts.length, head, isEdge, rows: 0 };
    drafts.push(draft);
  }
  const items = batch.map(({ item }) => item).join(", ");
  const count = batch.length;
  await db.transact([
    {
      text: isNew
        ? createHeader(draft, count)
        : `UPDATE ${headerOf(draft.id)} SET rows += 1, count += ${count} RETURN NONE`,
    },
    {
      text:
        `CREATE ${quarantineTable}:[${quoteString(draft.id)}, ${draft.rows}] ` +
        `CONTENT { items: [${items}], relation: ${first.isEdge} } RETURN NONE`,
    },
  ]);
  draft.rows += 1;
}

function isSameEntry(one: Pick<RecordLine, "head" | "isEdge">, other: RecordLine): boolean {
  return one.isEdge === other.isEdge && JSON.stringify(one.head) === JSON.stringify(other.head);
}

function createHeader({ id, event, sequence, head, isEdge }: Draft, count: number): string {
  const { kind, migration, table, field, path, of } = head;
  const columns = {
    kind: quoteString(kind),
    // Until all is there, it is not to be restored.
    state: '"keeping"',
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
    rows: "1",
    imported: "true",
    kept_at: "time::now()",
    expires_at: "time::now()",
  };
  const content = Object.entries(columns).map(([name, value]) => `${name}: ${value}`);
  return `CREATE ${headerOf(id)} CONTENT { ${content.join(", ")} } RETURN NONE`;
}
