import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { checksumOf } from "./checksum.ts";
import { decode } from "./decode.ts";
import { messageOf } from "./errors.ts";
import { hasDescription, identify } from "./file-name.ts";
import { freezeMigration } from "./freeze-migration.ts";
import { emptyContent } from "./migration-content.ts";
import type { MigrationContent } from "./migration-content.ts";
import type { MigrationProblem } from "./migration-problem.ts";
import type { Migration } from "./migration.ts";
import { parseSurql } from "./parse-surql.ts";
import { invalidEncoding, invalidMetadata, unreadableFile } from "./problems.ts";
import { readModule } from "./read-module.ts";

/** A file that was read: a migration, with the parents that it names, or what is wrong with it. */
export interface ReadFile {
  readonly path: string;
  /** Known for most files that are wrong, too. */
  readonly version?: string | undefined;
  readonly migration?: Migration | undefined;
  readonly problems: readonly MigrationProblem[];
}

/** Reads one file of either format, and finds everything that is wrong with it alone. */
export async function readMigration(file: string): Promise<ReadFile> {
  const path = resolve(file);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return { path, problems: [unreadableFile(path, messageOf(error))] };
  }
  const format = extname(path) === ".surql" ? "surql" : "module";
  const checksum = checksumOf(bytes);
  const { metadata, up, down, problems } = await readContent(path, format, bytes, checksum);
  const identity = identify(path, metadata.version);
  if ("problem" in identity) return { path, problems: [...problems, identity.problem] };
  const { version } = identity;
  const { replaces } = metadata;
  if (replaces !== undefined && !replaces.includes(version)) {
    const fault = `does not name ${version} itself, whose place it takes`;
    return { path, version, problems: [...problems, invalidMetadata(path, "replaces", fault)] };
  }
  if (problems.length > 0) return { path, version, problems };

  const dependsOn = metadata.dependsOn?.length === 0 ? undefined : metadata.dependsOn;
  const migration = freezeMigration({
    version,
    description: metadata.description ?? identity.description,
    author: metadata.author,
    dependsOn,
    ...(replaces !== undefined && { replaces }),
    parents: dependsOn ?? [],
    path,
    format,
    checksum,
    up,
    down,
    irreversible: metadata.irreversible,
    transaction: metadata.transaction ?? "required",
  });
  return { path, version, migration, problems };
}

async function readContent(
  path: string,
  format: Migration["format"],
  bytes: Uint8Array,
  checksum: string,
): Promise<MigrationContent> {
  const decoded = decode(bytes);
  if ("invalidLine" in decoded) return emptyContent(invalidEncoding(path, decoded.invalidLine));
  if (format === "surql") return parseSurql(decoded.text, path);
  // What cannot be a migration by its name is not run.
  return hasDescription(path) ? readModule(path, checksum) : emptyContent();
}
