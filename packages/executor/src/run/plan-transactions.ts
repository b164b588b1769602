import type { DatabaseTarget } from "@surql/connection";
import type { PreparedStatement } from "./prepared-statement.ts";
import { mayWrite } from "./may-write.ts";

/** Statements that commit as a whole. */
export interface TransactionPart {
  readonly statements: readonly PreparedStatement[];
  /** Why the next part cannot be in the same transaction; `undefined` for the last part. */
  readonly boundary?: string | undefined;
}

/** Where a script is to run. */
export interface RunningPlace {
  /** Whether the engine keeps its data in memory: there a view cannot be removed and computed anew in one transaction. */
  readonly inMemory?: boolean | undefined;
}

/** Where a database is, as far as its transactions go. */
export function placeOf({ store }: Pick<DatabaseTarget, "store">): RunningPlace {
  return { inMemory: store === "mem" };
}

/** What a transaction has done so far, as far as a later index build would be wrong about it. */
interface Ground {
  /** Tables whose records may have changed; `everything` after a statement that computes its target. */
  readonly written: Set<string>;
  everything: boolean;
  readonly removed: Set<string>;
  /** Tables that are new, and so hold no records but those written since. */
  readonly created: Set<string>;
  analyzer: string | undefined;
}

/**
 * Cuts a script into the fewest transactions that the engine does right. Usually one. Pure.
 *
 * Three facts of the engine (docs/engine.md) force a cut before an index is built: a build sees only committed
 * data, so it misses what the transaction wrote before; it sees only committed analyzers, so it fails on a table with
 * records, or is made with the old one; and removing a table, defining it and indexing it again in one transaction always conflicts
 * with itself.
 */
export function planTransactions(
  statements: readonly PreparedStatement[],
  { inMemory = false }: RunningPlace = {},
): readonly TransactionPart[] {
  const parts: TransactionPart[] = [];
  let current: PreparedStatement[] = [];
  let ground = newGround();
  for (const statement of statements) {
    const boundary = current.length > 0 ? hazardOf(statement, ground, inMemory) : undefined;
    if (boundary !== undefined) {
      parts.push({ statements: current, boundary });
      current = [];
      ground = newGround();
    }
    current.push(statement);
    stepOn(ground, statement);
  }
  return current.length > 0 ? [...parts, { statements: current }] : parts;
}

function newGround(): Ground {
  return {
    written: new Set(),
    everything: false,
    removed: new Set(),
    created: new Set(),
    analyzer: undefined,
  };
}

function hazardOf(
  statement: PreparedStatement,
  ground: Ground,
  inMemory: boolean,
): string | undefined {
  for (const touch of statement.touches) {
    if (touch.effect !== "define" && touch.effect !== "rebuild") continue;
    const { kind, name, table } = touch.object;
    if (inMemory && kind === "table" && ground.removed.has(name)) {
      const isView = touch.effect === "define" && "AS" in touch.clauses;
      if (isView)
        return `view ${name} is computed anew after it was removed, and in memory its rows are gone only with the commit`;
    }
    if (kind !== "index" || table === undefined) continue;
    const index = `${table}.${name}`;
    if (ground.everything || ground.written.has(table)) {
      return `index ${index} is built after records of ${table} may have changed, and a build sees only committed records`;
    }
    const isFullText =
      touch.effect === "define" && ("FULLTEXT" in touch.clauses || "SEARCH" in touch.clauses);
    if (isFullText && ground.analyzer !== undefined && !ground.created.has(table)) {
      return `full-text index ${index} is built after the analyzer ${ground.analyzer} is defined, and a build sees only committed analyzers`;
    }
    if (touch.effect === "rebuild" && ground.analyzer !== undefined) {
      return `index ${index} is rebuilt after the analyzer ${ground.analyzer} is defined, and a build sees only committed analyzers`;
    }
    if (ground.removed.has(table)) {
      return `index ${index} is defined on a table that was removed before, which the engine refuses in one transaction`;
    }
  }
  return undefined;
}

function stepOn(ground: Ground, statement: PreparedStatement): void {
  for (const touch of statement.touches) {
    if (touch.effect === "write" && touch.tables !== undefined) {
      for (const table of touch.tables) ground.written.add(table);
    } else if (mayWrite(touch)) {
      ground.everything = true;
    } else if (touch.effect === "remove" && touch.object.kind === "table") {
      ground.removed.add(touch.object.name);
    } else if (touch.effect === "define") {
      const { kind, name } = touch.object;
      if (kind === "analyzer") ground.analyzer = name;
      if (kind === "table" && touch.mode === "plain") ground.created.add(name);
    }
  }
}
