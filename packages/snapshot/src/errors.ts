import { SurqlError } from "@surql/errors";

/** The version cannot name a snapshot. */
export function invalidVersion(version: string, why: string): SurqlError {
  return new SurqlError({
    code: "SNAPSHOT.INVALID_VERSION",
    category: "usage",
    message: `A snapshot cannot be stored under the version "${version}".`,
    why,
    nextActions: ["Choose another version, such as that of the last applied migration."],
    meta: { version },
  });
}

/** The options of a pruning do not say what to delete. */
export function invalidPruneOptions(why: string): SurqlError {
  return new SurqlError({
    code: "SNAPSHOT.INVALID_PRUNE_OPTIONS",
    category: "usage",
    message: "Nothing was pruned: the options do not say which snapshots to delete.",
    why,
    nextActions: [
      "Say how many of the newest snapshots to keep (keep), how old those to delete must be (olderThan), or both.",
    ],
  });
}

/** A stored row cannot be read as a snapshot. */
export function corruptSnapshot(row: string, problems: readonly string[]): SurqlError {
  return new SurqlError({
    code: "SNAPSHOT.CORRUPT",
    category: "state",
    message: `The stored snapshot ${row} cannot be used: ${problems.join("; ")}.`,
    why: "The row was changed after it was stored, or something other than surql wrote it.",
    nextActions: [
      `Delete the row ${row}, and take a new snapshot when the schema is at that version.`,
      "Or import it again from a file, where it was exported.",
    ],
    meta: { row, problems },
  });
}

/** A stored row holds no schema, because a port of surql wrote it that stores none. */
export function withoutSchema(version: string): SurqlError {
  return new SurqlError({
    code: "SNAPSHOT.WITHOUT_SCHEMA",
    category: "state",
    message: `The stored snapshot ${version} holds no definitions to read.`,
    why: "Another port of surql stored it. Those keep names and a checksum of their own, no schema.",
    nextActions: ["Take a new snapshot when the schema is at that version: it replaces this one."],
    meta: { version },
  });
}

/** A text is not a snapshot file. */
export function invalidFile(
  file: string | undefined,
  problems: readonly string[],
  cause?: unknown,
): SurqlError {
  return new SurqlError({
    code: "SNAPSHOT.INVALID_FILE",
    category: "usage",
    message: `${file ?? "This"} is not a snapshot file: ${problems.join("; ")}.`,
    nextActions: ["Give a file that was exported as a snapshot, whole and unchanged."],
    meta: { ...(file !== undefined && { path: file }), problems },
    cause,
  });
}

/** A snapshot is written in a format that this version of surql does not know. */
export function unsupportedFormat(format: unknown, file?: string): SurqlError {
  return new SurqlError({
    code: "SNAPSHOT.UNSUPPORTED_FORMAT",
    category: "usage",
    message: `${file ?? "The snapshot"} has format ${JSON.stringify(format)}; this version of surql reads format 1.`,
    nextActions: ["Use the version of surql that wrote the snapshot, or a newer one."],
    meta: { format, supported: [1] },
  });
}

/** The checksum of a snapshot is not that of its schema. */
export function checksumMismatch(
  version: string,
  stated: string,
  actual: string,
  file?: string,
): SurqlError {
  return new SurqlError({
    code: "SNAPSHOT.CHECKSUM_MISMATCH",
    category: "state",
    message: `The checksum of the snapshot ${version}${file === undefined ? "" : ` in ${file}`} is not that of its schema.`,
    why: "The snapshot was changed after it was made.",
    nextActions: ["Take the snapshot again, or export it again from where it is stored."],
    meta: { version, stated, actual, ...(file !== undefined && { path: file }) },
  });
}
