/** Every name that either side has, with what each side has under it. `constructor` is a name like any other. */
export function* pairs<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): Generator<readonly [name: string, before: T | undefined, after: T | undefined]> {
  for (const name of Object.keys(before)) {
    yield [name, before[name], Object.hasOwn(after, name) ? after[name] : undefined];
  }
  for (const name of Object.keys(after)) {
    if (!Object.hasOwn(before, name)) yield [name, undefined, after[name]];
  }
}
