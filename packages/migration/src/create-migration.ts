import { basename, resolve } from "node:path";
import { isSurqlError } from "@surql/errors";
import { splitStatements } from "@surql/surrealql";
import type { Statement } from "@surql/surrealql";
import { invalidMigrations, unusableName, unwritableStatements, writeFailed } from "./errors.ts";
import { loadMigration } from "./load-migration.ts";
import { readMetadata } from "./metadata.ts";
import type { Migration } from "./migration.ts";
import { parseSurql } from "./parse-surql.ts";
import { invalidMetadata } from "./problems.ts";
import { renderModule, renderSurql } from "./render-migration.ts";
import type { NewMigration } from "./render-migration.ts";
import { splitText } from "./split-text.ts";
import { recordInSum } from "./sum/record-in-sum.ts";
import { refuseBrokenSum } from "./sum/refuse-broken-sum.ts";
import { writeBeside, writeVersioned, type NewFile } from "./write-versioned.ts";

/** How a new migration is written; also the extension of its file. */
export type NewFileFormat = "surql" | "ts" | "mts" | "js" | "mjs";

/** What {@link createMigration} needs to know. */
export interface CreateMigrationOptions {
  /** Made if it does not exist. */
  readonly directory: string;
  /** In words: `add bio to user` or `add_bio_to_user`. */
  readonly name: string;
  /** `surql` by default. */
  readonly format?: NewFileFormat | undefined;
  /** The time that the version tells, in UTC. */
  readonly now: Date;
  /** The name in words by default. */
  readonly description?: string | undefined;
  /** `surql` by default. */
  readonly author?: string | undefined;
  readonly dependsOn?: readonly string[] | undefined;
  /** Of a squash: the versions that it stands for. The last one is its own, whatever the time; other files may have that, too. */
  readonly replaces?: readonly string[] | undefined;
  /** Texts of one or more statements; left out, there is a place to write them. */
  readonly up?: readonly string[] | undefined;
  readonly down?: readonly string[] | undefined;
}

/** The file that was written, and what it holds. */
export interface CreatedMigration {
  /** Absolute. */
  readonly path: string;
  readonly migration: Migration;
}

/**
 * Writes a new migration: whole or not at all, never over another one. When its second is taken,
 * it gets the next free one. It is listed in `surql.sum`, open: see {@link recordInSum}.
 *
 * @throws `MIGRATION.INVALID_NAME`; `MIGRATION.INVALID_METADATA` for an impossible parent;
 * `MIGRATION.INVALID_STATEMENT` when a statement has no end or would be read back as another;
 * `MIGRATION.WRITE_FAILED`; `MIGRATION.SUM_UNREADABLE` and `MIGRATION.SUM_MISMATCH` for a `surql.sum` that holds a merge
 * conflict or was changed by hand. Nothing is written then.
 * @example
 * ```ts
 * const { path } = await createMigration({
 *   directory: "migrations",
 *   name: "add bio to user",
 *   now: new Date(),
 *   up: ["DEFINE FIELD bio ON TABLE user TYPE option<string>"],
 *   down: ["REMOVE FIELD bio ON TABLE user"],
 * });
 * ```
 */
export async function createMigration(options: CreateMigrationOptions): Promise<CreatedMigration> {
  const { name, now, format = "surql" } = options;
  const directory = resolve(options.directory);
  const slug = slugOf(name);
  if (slug === "") throw unusableName(name);
  await refuseBrokenSum(directory);
  let path: string;
  try {
    const fileOf = (version: string): NewFile => {
      const fileName = `${version}_${slug}.${format}`;
      return { name: fileName, content: contentOf(fileName, version, options) };
    };
    const own = options.replaces?.at(-1);
    path =
      own === undefined
        ? await writeVersioned(directory, now, fileOf)
        : await writeBeside(directory, fileOf(own));
  } catch (error) {
    throw isSurqlError(error) ? error : writeFailed(directory, error);
  }
  await recordInSum(directory, { add: [basename(path)] });
  return { path, migration: await loadMigration(path) };
}

function contentOf(fileName: string, version: string, options: CreateMigrationOptions): string {
  const {
    name,
    format = "surql",
    description = inWords(name),
    author = "surql",
    dependsOn,
    replaces,
  } = options;
  const declared = Object.entries({ version, description, author, dependsOn, replaces });
  const { metadata, faults } = readMetadata(declared.map(([word, value]) => ({ word, value })));
  const problems = [
    ...faults.map(({ key, fault }) => invalidMetadata(fileName, key, fault)),
    ...(["up", "down"] as const).flatMap((way) =>
      (options[way] ?? []).flatMap((text, i) => splitText(fileName, `${way}[${i}]`, text).problems),
    ),
  ];
  if (problems.length > 0) throw invalidMigrations(problems);

  const migration = { metadata, up: options.up, down: options.down };
  if (format !== "surql") return renderModule(migration, format.endsWith("ts") ? "ts" : "js");
  const content = renderSurql(migration);
  if (!readsBack(content, migration)) throw unwritableStatements(name);
  return content;
}

/** Says whether a file would be read as what it was made from. */
function readsBack(content: string, { up = [], down = [] }: NewMigration): boolean {
  const read = parseSurql(content, "");
  return (
    isSame(
      read.up,
      up.flatMap((text) => splitStatements(text)),
    ) &&
    isSame(
      read.down,
      down.flatMap((text) => splitStatements(text)),
    )
  );
}

function isSame(a: readonly Statement[], b: readonly Statement[]): boolean {
  return a.length === b.length && a.every(({ text }, i) => text === b[i]?.text);
}

/** What of a name can stand in a file name that every port of surql reads. */
function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "_")
    .slice(0, 100)
    .replace(/^_|_$/g, "");
}

function inWords(name: string): string {
  const words = name.replace(/[_\s]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
