import { randomUUID } from "node:crypto";
import { quarantineTable } from "@surql/history";
import { quoteIdentifier, quoteString } from "@surql/surrealql";

/** The id of a new entry. Begins with a letter, so that the record needs no quotes. */
export function newEntryId(): string {
  return `q${randomUUID().replaceAll("-", "").slice(0, 11)}`;
}

/** The header of an entry, as SurrealQL. */
export function headerOf(id: string): string {
  return `${quarantineTable}:${quoteIdentifier(id)}`;
}

/** The data rows of an entry, as SurrealQL. */
export function entryRows(id: string): string {
  const key = quoteString(id);
  return `${quarantineTable}:[${key}]..[${key}, ..]`;
}

/** What the key of an entry's back rows begins with. */
export function backKey(id: string): string {
  return quoteString(`${id}/back`);
}

/**
 * The back rows of an entry, as SurrealQL: one for each data row that was put back in batches, with what was there
 * before, so that it can be taken out again.
 */
export function backRows(id: string): string {
  return `${quarantineTable}:[${backKey(id)}]..[${backKey(id)}, ..]`;
}

/** Statements that drop an entry. */
export function dropEntry(id: string): readonly string[] {
  return [
    `DELETE ${entryRows(id)} RETURN NONE`,
    `DELETE ${backRows(id)} RETURN NONE`,
    `DELETE ${headerOf(id)} RETURN NONE`,
  ];
}
