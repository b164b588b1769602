import { schemaChecksum } from "./checksum.ts";
import { checksumMismatch, invalidFile, unsupportedFormat } from "./errors.ts";
import { isObject, schemaProblems } from "./schema-problems.ts";
import { readFacts } from "./snapshot-facts.ts";
import type { Schema, SchemaSnapshot } from "./snapshot.ts";

/**
 * Reads a snapshot from the text of a file that {@link exportSnapshot} wrote.
 *
 * @param file How messages call the file: its path.
 * @throws SNAPSHOT.INVALID_FILE naming everything that is wrong with it.
 * @throws SNAPSHOT.UNSUPPORTED_FORMAT when it has another format than 1.
 * @throws SNAPSHOT.CHECKSUM_MISMATCH when it was changed after it was written.
 * @example
 * ```ts
 * const snapshot = importSnapshot(await readFile("20260109_120000.json", "utf8"), "20260109_120000.json");
 * ```
 */
export function importSnapshot(text: string, file?: string): SchemaSnapshot {
  const value = parse(text, file);
  if (!isObject(value)) throw invalidFile(file, ["it holds no JSON object"]);
  const { format } = value;
  if (format === undefined) throw invalidFile(file, ["format is missing"]);
  if (format !== 1) throw unsupportedFormat(format, file);
  const problems: string[] = [];
  const facts = readFacts(value, problems);
  problems.push(...schemaProblems(value));
  if (problems.length > 0) throw invalidFile(file, problems);
  // What was checked is now known to be a schema; anything else in the file is left behind.
  const { tables, edges, objects } = value as unknown as Schema;
  const snapshot = { format, ...facts, tables, edges, objects } as const;
  const actual = checksumOf(snapshot, file);
  if (actual !== facts.checksum) {
    throw checksumMismatch(facts.version, facts.checksum, actual, file);
  }
  return snapshot;
}

function parse(text: string, file: string | undefined): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidFile(file, ["it is not JSON"], error);
  }
}

function checksumOf(snapshot: SchemaSnapshot, file: string | undefined): string {
  try {
    return schemaChecksum(snapshot);
  } catch (error) {
    throw invalidFile(file, ["it holds text that is not Unicode"], error);
  }
}
