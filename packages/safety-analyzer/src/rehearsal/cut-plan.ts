import type { Statement, Touch } from "@surql/surrealql";
import type { Unit } from "./plan-units.ts";

/** Units between which the schema is not looked at. */
export type Cut = readonly Unit[];

/**
 * Cuts a plan where the schema is to be looked at: around every unit of which reading does not surely tell what it
 * does to the schema, and nowhere else. Most plans are one piece.
 *
 * @param limit How many pieces there may be; neighbours are put together when there would be more.
 * @param ends Statements behind which it is to be looked at in any case.
 */
export function cutPlan(
  units: readonly Unit[],
  touchesOf: (statement: Statement) => readonly Touch[],
  limit: number,
  ends: ReadonlySet<Statement> = new Set(),
): readonly Cut[] {
  const pieces: Unit[][] = [];
  let isOpen = false;
  for (const unit of units) {
    const isPlain = unit.every(({ statement }) => touchesOf(statement).every(isPlainTouch));
    if (isPlain && isOpen) pieces.at(-1)!.push(unit);
    else pieces.push([unit]);
    isOpen = isPlain && !unit.some(({ statement }) => ends.has(statement));
  }
  return join(pieces, limit);
}

/** Cuts the pieces that are to be looked at closer into their units, as far as the limit allows. */
export function cutFiner(
  cuts: readonly Cut[],
  isWanted: (cut: Cut, at: number) => boolean,
  limit: number,
): readonly Cut[] {
  const wanted = cuts.filter(isWanted);
  const share = Math.max(2, Math.floor((limit - cuts.length) / Math.max(1, wanted.length)));
  return cuts.flatMap((cut, at) =>
    isWanted(cut, at)
      ? join(
          cut.map((unit) => [unit]),
          share,
        )
      : [cut],
  );
}

function isPlainTouch({ effect, conditional }: Touch): boolean {
  const isPlain = effect === "define" || effect === "remove" || effect === "alter";
  return effect === "read" || (isPlain && conditional !== true);
}

/** Puts neighbours together, as many to each piece, until there are no more than `limit`. */
function join(pieces: readonly Cut[], limit: number): readonly Cut[] {
  if (pieces.length <= limit) return pieces;
  const size = Math.ceil(pieces.length / limit);
  return Array.from({ length: Math.ceil(pieces.length / size) }, (_, at) =>
    pieces.slice(at * size, (at + 1) * size).flat(),
  );
}
