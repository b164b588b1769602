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
): readonly Differing<T>[] {
  let found: Differing<T>[] | undefined;
  for (const name in before) {
    const [old, now] = [before[name], after[name]];
    if (old !== now) (found ??= []).push([name, old, Object.hasOwn(after, name) ? now : undefined]);
  }
  for (const name in after) {
    if (!Object.hasOwn(before, name)) (found ??= []).push([name, undefined, after[name]]);
  }
  return found ?? none;
}
