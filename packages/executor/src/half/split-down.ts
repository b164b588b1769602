import { objectKey } from "@surql/safety-analyzer";
import type { Touch } from "@surql/surrealql";
import type { PreparedStatement } from "../run/prepared-statement.ts";

/** How the statements of a down script belong to an up script that came only so far. */
export interface SplitDown {
  /** To be run: they undo what was done, or nothing tells what they undo. */
  readonly needed: readonly PreparedStatement[];
  /** They undo only what was never done. */
  readonly needless: readonly PreparedStatement[];
  /** Those of the needed that rewrite records of which only some were changed: nobody can tell what that comes to. */
  readonly doubtful: readonly PreparedStatement[];
}

/** Something that a statement deals with: an object, or the records of a table. */
interface Matter {
  readonly key: string;
  readonly table?: string | undefined;
  /** Set where all that belongs to the table goes with it. */
  readonly isWhole: boolean;
}

/**
 * Tells which statements of a down script undo something of the first statements of an up script. Pure.
 *
 * One that deals only with objects and records that one of the rest of the up script deals with, and none of those that are
 * done, undoes what was never done.
 */
export function splitDown(
  done: readonly PreparedStatement[],
  rest: readonly PreparedStatement[],
  down: readonly PreparedStatement[],
): SplitDown {
  const needless = new Set(
    down.filter((statement) => {
      const matters = mattersOf([statement]);
      const isTold = matters.length > 0 && !isOpen([statement]) && !isOpen(done);
      return isTold && !matters.some(isIn(mattersOf(done))) && matters.every(isIn(mattersOf(rest)));
    }),
  );
  const needed = down.filter((statement) => !needless.has(statement));
  const isHalfWritten = writes(done) && writes(rest);
  return {
    needed,
    needless: [...needless],
    doubtful: needed.filter((statement) => {
      if (!isHalfWritten || !writes([statement])) return false;
      const records = mattersOf([statement]).filter(({ key }) => key.startsWith(recordsOf));
      return isOpen([statement]) || isOpen(rest) || records.some(isIn(mattersOf(rest)));
    }),
  };
}

/** Whether a statement that was not run deals with something that this one deals with. Pure. */
export function isShared(
  statement: PreparedStatement,
  others: readonly PreparedStatement[],
): boolean {
  return mattersOf([statement]).every(isIn(mattersOf(others)));
}

const recordsOf = "records of ";

function mattersOf(statements: readonly PreparedStatement[]): readonly Matter[] {
  return statements.flatMap(({ touches }) => touches.flatMap(mattersIn));
}

function mattersIn(touch: Touch): readonly Matter[] {
  if ("object" in touch) {
    const { kind, name } = touch.object;
    const table = kind === "table" ? name : touch.object.table;
    const isWhole = touch.effect === "remove" && kind === "table";
    return [{ key: objectKey(touch.object), table, isWhole }];
  }
  const tables = touch.effect === "write" ? (touch.tables ?? []) : [];
  return tables.map((table) => ({ key: recordsOf + table, table, isWhole: false }));
}

function isIn(all: readonly Matter[]): (one: Matter) => boolean {
  return (one) =>
    all.some(
      (other) =>
        one.key === other.key ||
        ((one.isWhole || other.isWhole) && one.table !== undefined && one.table === other.table),
    );
}

function writes(statements: readonly PreparedStatement[]): boolean {
  return statements.some(({ touches }) =>
    touches.some((touch) => touch.effect === "write" || isOpenTouch(touch)),
  );
}

/** Whether reading does not tell all that they deal with. */
function isOpen(statements: readonly PreparedStatement[]): boolean {
  return statements.some(({ touches }) => touches.some(isOpenTouch));
}

function isOpenTouch(touch: Touch): boolean {
  return (
    touch.effect === "call" ||
    touch.effect === "unknown" ||
    (touch.effect === "write" && touch.tables === undefined)
  );
}
