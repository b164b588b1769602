import type { Expectation } from "./expectation.ts";
import type { Observation } from "./observe.ts";

/** What a run had said was through. */
export interface Said {
  readonly direction: "up" | "down";
  readonly version: string;
}

/** Compares a database that a run was torn away from with what it may be. Pure. @returns What is wrong. */
export function judgeLeft(
  found: Observation,
  said: readonly Said[],
  { worlds, before, after, lockMs, indexesMayLag, booksMayLag }: Expectation,
): readonly string[] {
  const wrong = [...judgeAny(found)];
  const position = worlds.findIndex((world) => same(world, found.world));
  if (position === -1)
    wrong.push(`It is neither before nor after: ${firstDifference(found.world, worlds)}`);
  const books = [before, after].map((one) => one.books);
  if (!booksMayLag && position !== -1 && !books.some((one) => same(one, found.books))) {
    wrong.push(
      `The books are neither those of before nor of after: ${firstDifference(found.books, books)}`,
    );
  }
  if ((found.lockedForMs ?? 0) > lockMs) wrong.push(`The lock is held for ${found.lockedForMs} ms`);
  if (!indexesMayLag) wrong.push(...found.missedByIndexes);
  for (const { direction, version } of said) {
    if (found.ledger.includes(version) !== (direction === "up")) {
      wrong.push(`${version} was said to be through (${direction}), and is not`);
    }
  }
  return wrong;
}

/** Compares a database with the end, when the ordinary command ran. Pure. @returns What is wrong. */
export function judgeEnd(found: Observation, { after }: Expectation): readonly string[] {
  const wrong = [...judgeAny(found), ...found.missedByIndexes];
  if (!same(found.world, after.world)) {
    wrong.push(
      `It is not what an unharmed run leaves: ${firstDifference(found.world, [after.world])}`,
    );
  }
  if (!same(found.books, after.books)) {
    wrong.push(
      `The books differ from an unharmed run's: ${firstDifference(found.books, [after.books])}`,
    );
  }
  if (found.unfinished.length > 0) wrong.push(`Still unfinished: ${found.unfinished.join(", ")}`);
  if (found.lockedForMs !== undefined) wrong.push("The lock is still held");
  return wrong;
}

function judgeAny({ ledger, told }: Observation): readonly string[] {
  if (same(ledger.toSorted(), told.toSorted())) return [];
  return [`The ledger has ${ledger.join(", ")}; the events tell of ${told.join(", ")}`];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Where a text of this one and the nearest of the others part. */
function firstDifference(found: readonly string[], others: readonly (readonly string[])[]): string {
  const lacking = others.map((other) => ({
    other,
    texts: found.filter((text) => !other.includes(text)),
  }));
  const nearest = lacking.toSorted((a, b) => a.texts.length - b.texts.length)[0];
  const [text] = nearest?.texts ?? [];
  if (nearest === undefined || text === undefined) return "something is gone";
  const wanted = nearest.other[found.indexOf(text)] ?? "";
  let at = 0;
  while (at < text.length && text[at] === wanted[at]) at += 1;
  const around = (whole: string): string => whole.slice(Math.max(0, at - 80), at + 120);
  return `…${around(text)}… instead of …${around(wanted)}…`;
}
