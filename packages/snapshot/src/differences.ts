/** A name with what each side has under it; `undefined` where it has nothing. */
export type Differing<T> = readonly [name: string, before: T | undefined, after: T | undefined];

/**
 * The names under which two records do not hold the same. `constructor` is a name like any other.
 *
 * Nearly everything is the same when two schemas are compared, and costs next to nothing here.
 */
export function differences<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): readonly Differing<T>[] {
  const found: Differing<T>[] = [];
  const names = Object.keys(before);
  let common = names.length;
  for (const name of names) {
    const old = before[name];
    if (old === after[name]) continue;
    const isCommon = Object.hasOwn(after, name);
    if (!isCommon) common--;
    found.push([name, old, isCommon ? after[name] : undefined]);
  }
  const others = Object.keys(after);
  if (others.length === common) return found;
  for (const name of others) {
    if (!Object.hasOwn(before, name)) found.push([name, undefined, after[name]]);
  }
  return found;
}
