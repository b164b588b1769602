import { SurqlError } from "@surql/errors";

/** A record holds something that cannot be written into a file. */
export function unwritableRecord(table: string, text: string): SurqlError {
  const id = /\bid: ([^,}]+)/.exec(text)?.[1] ?? "unknown";
  return new SurqlError({
    code: "EXECUTOR.UNWRITABLE_RECORD",
    category: "state",
    message: `A record of ${table} cannot be written into a file: ${id}.`,
    why: "It holds a value that is none of the types that SurrealDB stores, such as a closure.",
    nextActions: ["Look at the record, and store something else there."],
    meta: { table, id },
  });
}

/** A line of a file is not what was written there. */
export function unreadableLine(where: string, why: string): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.INVALID_RECORD_FILE",
    category: "usage",
    message: `${where} cannot be read. Nothing was changed.`,
    why,
    nextActions: [
      "Use a file that surql migrate restore --to or rollback --backup wrote, as it was written.",
    ],
    meta: { where },
  });
}
