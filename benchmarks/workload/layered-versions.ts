/** A version, and its parents, which come before it. */
export interface Version {
  readonly version: string;
  readonly parents: readonly string[];
}

const width = 100;

/**
 * Versions in layers of 100: each has the version above it as a parent, and every tenth another one of that layer.
 * One long chain, the usual shape, would overflow the stack of graphlib's recursive sort.
 */
export function layeredVersions(count: number): readonly Version[] {
  return Array.from({ length: count }, (_, index) => ({
    version: nameOf(index),
    parents: parentsOf(index).map(nameOf),
  }));
}

function parentsOf(index: number): readonly number[] {
  if (index < width) return [];
  const above = index - width;
  const across = index - (index % width) - width + ((index * 7) % width);
  return index % 10 === 0 && across !== above ? [above, across] : [above];
}

function nameOf(index: number): string {
  return `v${String(index).padStart(7, "0")}`;
}
