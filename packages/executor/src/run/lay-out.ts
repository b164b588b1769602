import type { Migration, MigrationDirection } from "@surql/migration";
import type { Progress } from "@surql/history";
import { planTransactions, type RunningPlace, type TransactionPart } from "./plan-transactions.ts";
import { prepareStatements, type PreparedStatement } from "./prepared-statement.ts";

/** A migration's script, ready to run. */
export interface PreparedScript {
  readonly version: string;
  readonly transaction: Migration["transaction"];
  readonly statements: readonly PreparedStatement[];
}

/** Something that is committed at once, and what is true after it. */
export interface Part extends TransactionPart {
  readonly direction: MigrationDirection;
  /** Without a transaction each statement is committed by itself (`transaction: none`). */
  readonly transactional: boolean;
  /** The migrations that are through when this part is committed. */
  readonly finishes: readonly string[];
  /** The migration that is half-way then, if one is. */
  readonly leaves?: Progress | undefined;
}

/** Makes a migration ready to run, from where an interrupted run came to. Pure. */
export function prepareScript(
  migration: Migration,
  direction: MigrationDirection,
  statementsDone: number,
): PreparedScript {
  return {
    version: migration.version,
    transaction: migration.transaction,
    statements: prepareStatements(migration, direction).slice(statementsDone),
  };
}

const whole = new WeakMap<Migration, readonly Part[]>();

/** The parts of a migration that is applied by itself, from its beginning. Pure, and worked out once. */
export function layOutWhole(migration: Migration): readonly Part[] {
  const parts = whole.get(migration) ?? layOut([prepareScript(migration, "up", 0)], "up");
  whole.set(migration, parts);
  return parts;
}

/** Lays scripts out in the fewest parts that the engine does right, in the given order. Pure. */
export function layOut(
  scripts: readonly PreparedScript[],
  direction: MigrationDirection,
  place: RunningPlace = {},
): readonly Part[] {
  const groups = groupScripts(scripts);
  return groups.flatMap((group, position) => {
    const last = position === groups.length - 1;
    const transactional = group[0]?.transaction !== "none";
    const parts = planTransactions(
      group.flatMap(({ statements }) => statements),
      place,
    );
    const through = partsThrough(group, parts);
    return (parts.length > 0 ? parts : [{ statements: [] }]).map((part, index) => ({
      ...part,
      boundary:
        part.boundary ?? (last || index < parts.length - 1 ? undefined : apart(transactional)),
      direction,
      transactional,
      finishes: through[index] ?? [],
      leaves: halfWay(part, through[index] ?? [], direction),
    }));
  });
}

function apart(transactional: boolean): string {
  return transactional
    ? "the next migration cannot run in a transaction"
    : "this migration cannot run in a transaction";
}

/** Migrations that share a transaction, those that cannot be in one by themselves. */
function groupScripts(scripts: readonly PreparedScript[]): readonly PreparedScript[][] {
  const groups: PreparedScript[][] = [];
  for (const script of scripts) {
    const previous = groups.at(-1);
    const joins = script.transaction === "required" && previous?.[0]?.transaction === "required";
    if (joins) previous.push(script);
    else groups.push([script]);
  }
  return groups;
}

/** Which migrations are through with each part: one is with the part that holds its last statement. */
function partsThrough(
  group: readonly PreparedScript[],
  parts: readonly TransactionPart[],
): readonly (readonly string[])[] {
  const partOf = new Map(
    parts.flatMap(({ statements }, index) => statements.map((one) => [one, index] as const)),
  );
  const through: string[][] = Array.from({ length: Math.max(parts.length, 1) }, () => []);
  let at = 0;
  for (const { version, statements } of group) {
    const last = statements.at(-1);
    // A migration without statements is through with the one before it.
    at = (last === undefined ? undefined : partOf.get(last)) ?? at;
    through[at]?.push(version);
  }
  return through;
}

function halfWay(
  part: TransactionPart,
  finishes: readonly string[],
  direction: MigrationDirection,
): Progress | undefined {
  const last = part.statements.at(-1);
  if (last === undefined || finishes.includes(last.migration)) return undefined;
  return { version: last.migration, direction, statementsDone: last.index + 1 };
}
