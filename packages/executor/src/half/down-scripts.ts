import type { HalfApplied, Progress } from "@surql/history";
import type { Migration } from "@surql/migration";
import type { PlanStep } from "@surql/safety-analyzer";
import { redactSecrets } from "@surql/surrealql";
import { prepareScript, type PreparedScript } from "../run/lay-out.ts";
import { prepareStatements } from "../run/prepared-statement.ts";

/** Migrations on their way back, and how far that has come. */
export interface Undoing {
  /** Newest first. */
  readonly down: readonly Migration[];
  readonly unfinished: ReadonlyMap<string, Progress>;
  /** Of those that are not applied as a whole: what undoes the half. */
  readonly halves?: ReadonlyMap<string, HalfApplied> | undefined;
}

/** What is still to run of each down script. Pure. */
export function downScripts({ down, unfinished, halves }: Undoing): readonly PreparedScript[] {
  return down.map((migration) => {
    const script = prepareScript(migration, "down", doneOf(migration, unfinished));
    const leftOut = halves?.get(migration.version)?.leftOut ?? [];
    if (leftOut.length === 0) return script;
    const statements = script.statements.filter(({ index }) => !leftOut.includes(index));
    return { ...script, statements };
  });
}

/** The down script of a migration, to be judged. Pure. */
export function stepOf({ version, down, irreversible }: Migration): PlanStep {
  return { migration: version, statements: down, irreversible };
}

/** What is still to run of each, to be judged. Pure. */
export function downSteps(undoing: Undoing): readonly PlanStep[] {
  const scripts = downScripts(undoing);
  return undoing.down.map((migration, position) => {
    const step = stepOf(migration);
    const isWhole = !undoing.unfinished.has(migration.version);
    const { statements = [] } = scripts[position] ?? {};
    return isWhole
      ? step
      : { ...step, statements: statements.map(({ text, line }) => ({ text, line, column: 1 })) };
  });
}

/** Statements of its down script that an interrupted rollback has done already. Pure. */
export function doneOf({ version }: Migration, unfinished: ReadonlyMap<string, Progress>): number {
  const progress = unfinished.get(version);
  return progress?.direction === "down" ? progress.statementsDone : 0;
}

/** What a plan says about a migration that is half-way applied; nothing about any other. Pure. */
export function notesOnHalf(
  migration: Migration,
  half: HalfApplied | undefined,
): readonly string[] {
  if (half === undefined) return [];
  const { version } = migration;
  const down = prepareStatements(migration, "down");
  const skipped = half.leftOut.flatMap((index) => down[index] ?? []);
  return [
    `${version} is half-way applied, ${half.statementsDone} of ${half.statements ?? "?"} statements: only that is undone.`,
    ...skipped.map(
      ({ text, line }) =>
        `Not run, as it undoes what ${version} did not come to (line ${line}): ${redactSecrets(text)}`,
    ),
  ];
}

/** The property of a planned migration, where it has it. Pure. */
export function halfApplied(
  { version }: Migration,
  halves: Undoing["halves"],
): { readonly halfApplied?: HalfApplied } {
  const half = halves?.get(version);
  return half === undefined ? {} : { halfApplied: half };
}
