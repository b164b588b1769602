import { basename } from "node:path";
import type { MigrationMetadata } from "./metadata.ts";
import type { MigrationProblem } from "./migration-problem.ts";
import type { Position } from "./position.ts";

const nameForm = "VERSION_description, for example 20260109_120000_add_bio.surql";

export function invalidName(file: string): MigrationProblem {
  return {
    code: "MIGRATION.INVALID_NAME",
    message: `${basename(file)} is not named like a migration.`,
    why: `Names have the form ${nameForm}.`,
    files: [file],
    nextActions: [
      "Rename the file, move it elsewhere, or begin its name with `_` to have it ignored.",
    ],
  };
}

export function versionMismatch(file: string, declared: string): MigrationProblem {
  return {
    code: "MIGRATION.VERSION_MISMATCH",
    message: `${basename(file)} says that its version is ${declared}.`,
    why: "The name of a migration begins with its version and `_`.",
    files: [file],
    versions: [declared],
    nextActions: ["Correct the name of the file, or the version in its metadata."],
  };
}

export function reservedVersion(file: string, version: string): MigrationProblem {
  return {
    code: "MIGRATION.RESERVED_VERSION",
    message: `${basename(file)} has the version ${version}, which is a word of surql's own.`,
    why: "`base` means that nothing is applied, `live` the database as it is now.",
    files: [file],
    versions: [version],
    nextActions: ["Give the migration another version, in its name and in its metadata."],
  };
}

export function duplicateVersion(version: string, files: readonly string[]): MigrationProblem {
  return {
    code: "MIGRATION.DUPLICATE_VERSION",
    message: `Version ${version} has ${files.length} files: ${namesOf(files)}.`,
    files,
    versions: [version],
    nextActions: [
      "Keep one of them, or give the other a version of its own, in name and metadata.",
    ],
  };
}

/** `squash` is the version of the squash that stands for the parent, if one does. */
export function unknownParent(
  file: string,
  version: string,
  parent: string,
  squash?: string,
): MigrationProblem {
  return {
    code: "MIGRATION.UNKNOWN_PARENT",
    message: `${basename(file)} depends on version ${parent}, which has no file here.`,
    files: [file],
    versions: [version, parent],
    nextActions: [
      squash === undefined
        ? "Bring back the missing file, or correct depends_on."
        : `The squash ${squash} stands for it: name that in depends_on.`,
    ],
  };
}

export function cycle(versions: readonly string[], files: readonly string[]): MigrationProblem {
  return {
    code: "MIGRATION.CYCLE",
    message: `Migrations depend on each other in a circle: ${[...versions, versions[0]].join(" → ")} (${namesOf(files)}).`,
    why: "A migration without depends_on depends on the previous version in text order.",
    files,
    versions,
    nextActions: ["Correct depends_on of one of these files."],
  };
}

export function unreadableFile(file: string, why: string): MigrationProblem {
  return {
    code: "MIGRATION.FILE_UNREADABLE",
    message: `${basename(file)} cannot be read.`,
    why,
    files: [file],
    nextActions: ["Check that it is a file, and the rights on it."],
  };
}

export function invalidEncoding(file: string, line: number): MigrationProblem {
  return {
    code: "MIGRATION.INVALID_ENCODING",
    message: `${basename(file)} is not UTF-8: line ${line} holds other bytes.`,
    files: [file],
    line,
    nextActions: ["Save the file as UTF-8."],
  };
}

export function invalidMetadata(
  file: string,
  key: keyof MigrationMetadata,
  fault: string,
  line?: number,
): MigrationProblem {
  return {
    code: "MIGRATION.INVALID_METADATA",
    message: `${basename(file)}: ${key} in the metadata ${fault}.`,
    files: [file],
    line,
    nextActions: [`Correct ${key}, or leave it out.`],
  };
}

export function missingUp(file: string): MigrationProblem {
  return {
    code: "MIGRATION.MISSING_UP",
    message: `${basename(file)} has no \`-- @up\` line.`,
    files: [file],
    nextActions: [
      "Put `-- @up` on a line of its own above the statements, `-- @down` above those that undo them.",
    ],
  };
}

export function unknownSection(file: string, word: string, line: number): MigrationProblem {
  return {
    code: "MIGRATION.UNKNOWN_SECTION",
    message: `${basename(file)} has no \`-- @down\` line, but \`-- @${word}\` in line ${line}.`,
    why: "What follows it would be run on the way up.",
    files: [file],
    line,
    nextActions: ["Correct the line to `-- @down`, or add an empty `-- @down` section at the end."],
  };
}

export function strayStatement(file: string, { line, column }: Position): MigrationProblem {
  return {
    code: "MIGRATION.STATEMENT_OUTSIDE_SECTION",
    message: `${basename(file)} has a statement in line ${line} that belongs to no section and would never run.`,
    files: [file],
    line,
    column,
    nextActions: ["Move it below `-- @up` or `-- @down`, or make it a comment."],
  };
}

/** `part` is the returned text of a module that the position is in; `undefined` for the file itself. */
export function invalidStatement(
  file: string,
  fault: string,
  { line, column }: Position,
  part?: string,
): MigrationProblem {
  const place = part === undefined ? "" : ` of ${part}`;
  return {
    code: "MIGRATION.INVALID_STATEMENT",
    message: `${basename(file)}: line ${line}, column ${column}${place}: ${fault}.`,
    files: [file],
    ...(part === undefined ? { line, column } : {}),
    nextActions: ["Close it, or remove the character that opens it."],
  };
}

/** `part` is the export that failed; `undefined` while the file itself was being loaded. */
export function moduleFailed(
  file: string,
  part: string | undefined,
  why: string,
): MigrationProblem {
  return {
    code: "MIGRATION.MODULE_FAILED",
    message:
      part === undefined
        ? `${basename(file)} cannot be loaded.`
        : `${basename(file)}: ${part}() failed.`,
    why,
    files: [file],
    nextActions: [
      "Correct the module: it must load, and return its statements, without a database.",
    ],
  };
}

export function invalidModule(file: string, part: string, fault: string): MigrationProblem {
  return {
    code: "MIGRATION.INVALID_MODULE",
    message: `${basename(file)}: ${part} ${fault}.`,
    files: [file],
    nextActions: [
      "Export `metadata` ({ version, description }), and `up` and `down`, functions that return a list of statements.",
    ],
  };
}

function namesOf(files: readonly string[]): string {
  return files.map((file) => basename(file)).join(", ");
}
