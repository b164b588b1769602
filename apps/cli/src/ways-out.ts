import type { Drift } from "surql/executor";
import type { SchemaChange } from "surql/snapshot";
import { shellWord } from "./shell-word.ts";

/** With more, a rule for each would be no decision: patterns are needed. */
const mostRules = 20;

/**
 * The three ways out of drift, each one command: make the database as recorded, record the change, or let it be. Pure.
 *
 * @param current The version that was applied last, or `base`. Only what differs from that can be recorded.
 */
export function waysOut({ from, changes }: Drift, current: string): readonly string[] {
  return [
    `Make the database as recorded: surql migrate restore-schema ${shellWord(from)}`,
    ...(from === current ? [`Record the change as a migration: ${recording(from, changes)}`] : []),
    `Ignore it, by a rule in the configuration: surql migrate verify ${ignoring(changes, from === current ? undefined : from)}`,
  ];
}

function recording(from: string, changes: readonly SchemaChange[]): string {
  if (from === "base") return "surql migrate baseline";
  return `surql migrate generate ${nameOf(changes)}`;
}

/** Says what changed, as far as it is one thing. */
function nameOf(changes: readonly SchemaChange[]): string {
  const [path, ...more] = topPaths(changes);
  const word = (path ?? "").replaceAll(/[^A-Za-z0-9]+/g, "_").replaceAll(/^_+|_+$/g, "");
  const change = changes[0]?.change;
  return more.length > 0 || word === "" ? "record_drift" : `${change}_${word}`.toLowerCase();
}

function ignoring(changes: readonly SchemaChange[], version: string | undefined): string {
  const paths = topPaths(changes);
  const shown = paths.length > mostRules ? ["PATTERN"] : paths.map(shellWord);
  const flags = shown.map((path) => `--ignore ${path}`).join(" ");
  return `${version === undefined ? "" : `${shellWord(version)} `}${flags} --reason 'WHY'`;
}

/** The objects that differ, without what came or went with one of them. */
function topPaths(changes: readonly SchemaChange[]): readonly string[] {
  const whole = new Map(
    changes.flatMap(({ change, kind, name }) =>
      (kind === "table" || kind === "edge") && change !== "modified" ? [[name, change]] : [],
    ),
  );
  // Sorted by path, the parts of a field follow it.
  let field: string | undefined;
  return changes.flatMap(({ path, table, change, kind }) => {
    if (table !== undefined && whole.get(table) === change) return [];
    if (field !== undefined && path.startsWith(`${field}.`)) return [];
    if (kind === "field") field = path;
    return [path];
  });
}
