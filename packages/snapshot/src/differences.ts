/** A name with what each side has under it; `undefined` where it has nothing. */
export type Differing<T> = readonly [name: string, before: T | undefined, after: T | undefined];

const none: readonly never[] = Object.freeze([]);

/**
 * The names under which two records do not hold the same. `constructor` is a name like any other.
 *
 * Nearly everything is the same when two schemas are compared: that takes no memory, not even for a list of the names.
 */
export function differences<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  isSame: (old: T, now: T) => boolean = isIdentical,
): readonly Differing<T>[] {
  let found: Differing<T>[] | undefined;
  for (const name in before) {
    const old = before[name] as T;
    const now = after[name];
    if (now === undefined || !isSame(old, now)) {
      (found ??= []).push([name, old, Object.hasOwn(after, name) ? now : undefined]);
    }
  }
  for (const name in after) {
    if (!Object.hasOwn(before, name)) (found ??= []).push([name, undefined, after[name]]);
  }
  return found ?? none;
}

/** Whether two records hold the same texts under the same names. */
export function holdSame(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): boolean {
  let more = 0;
  for (const name in before) {
    if (before[name] !== after[name]) return false;
    more += 1;
  }
  for (const _ in after) more -= 1;
  return more === 0;
}

function isIdentical(old: unknown, now: unknown): boolean {
  return old === now;
}
