import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { splitStatements } from "@surql/surrealql";
import type { Impact, IssueObject, PlanStep, RollbackSafety } from "../../src/index.ts";

/** What the analysis must say about one thing. */
export interface ExpectedIssue {
  readonly safety: RollbackSafety;
  readonly code: string;
  /** Only where the down has several migrations. */
  readonly migration?: string;
  readonly object?: IssueObject;
  readonly impact?: Impact;
  readonly affectedData?: string;
  /** What must stand in its sentences: the names of users, of duplicates, of what is left dangling. */
  readonly says?: readonly string[];
  /** It stands in a branch that does not run with this data. */
  readonly mayNotHappen?: true | undefined;
}

/** Where and why a script is refused before it runs. */
interface ExpectedRefusal {
  readonly line: number;
  readonly column: number;
  /** What is forbidden. */
  readonly what?: string;
}

/** What `expected.json` holds. */
export interface Expected {
  readonly safety: RollbackSafety;
  readonly issues: readonly ExpectedIssue[];
  readonly refused?: "SAFETY.FORBIDDEN_STATEMENT" | "SAFETY.INVALID_STATEMENT";
  /** All statements that are refused. */
  readonly found?: readonly ExpectedRefusal[];
  /** A part of what the engine says when it refuses to run the down. */
  readonly fails?: string;
}

/** A folder: a database, a rollback of it, and what must be said about that. */
export interface CaseFolder {
  /** `remove-table/plain` */
  readonly path: string;
  readonly schema: string;
  readonly data: string;
  readonly steps: readonly PlanStep[];
  readonly expected: Expected;
}

/** Reads all folders below `root`, in order of their paths. */
export function readCaseFolders(root: string): readonly CaseFolder[] {
  return folders(root).flatMap((row) =>
    folders(join(root, row)).map((name) => readCaseFolder(root, `${row}/${name}`)),
  );
}

function folders(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function readCaseFolder(root: string, path: string): CaseFolder {
  const read = (file: string): string => {
    const full = join(root, path, file);
    return existsSync(full) ? readFileSync(full, "utf8") : "";
  };
  const expected = JSON.parse(read("expected.json")) as Expected;
  return {
    path,
    schema: read("schema.surql"),
    data: read("data.surql"),
    steps: readSteps(read("down.surql")),
    expected,
  };
}

/** A script, or several of them, newest first, each below a line `-- migration: VERSION`. */
function readSteps(down: string): readonly PlanStep[] {
  const [first = "", ...parts] = down.split(/^-- migration: (\S+)\n/m);
  if (parts.length === 0) return [stepOf("20260101_000000", first)];
  return parts.flatMap((version, at) => (at % 2 === 0 ? [stepOf(version, parts[at + 1]!)] : []));
}

function stepOf(migration: string, script: string): PlanStep {
  const irreversible = /^-- irreversible: (.+)$/m.exec(script)?.[1];
  return { migration, statements: splitStatements(script), irreversible };
}
