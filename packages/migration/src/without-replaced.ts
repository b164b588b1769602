import type { ReadFile } from "./read-migration.ts";

/**
 * Leaves out the files whose versions a squash stands for: they may stay beside it until nobody needs them any more. A squash that another
 * one stands for is left out like any other. Pure.
 */
export function withoutReplaced(files: readonly ReadFile[]): readonly ReadFile[] {
  const squashes = files.filter(({ migration }) => migration?.replaces !== undefined);
  if (squashes.length === 0) return files;
  return files.filter((file) => !squashes.some((squash) => standsFor(squash, file)));
}

function standsFor(squash: ReadFile, file: ReadFile): boolean {
  if (file === squash || file.version === undefined) return false;
  const replaces = squash.migration?.replaces ?? [];
  if (!replaces.includes(file.version)) return false;
  const others = file.migration?.replaces;
  return others === undefined || others.length < replaces.length;
}

/** The version of the squash that stands for another one. */
export function squashFor(version: string, files: readonly ReadFile[]): string | undefined {
  return files.find(({ migration }) => migration?.replaces?.includes(version))?.version;
}
