import type { VersionNode } from "./version-graph.ts";
import type { Versioned } from "./versioned.ts";

/** What stands beside the versions in a drawing. */
export interface RenderOptions {
  /** A word for the state of a version (`applied`, `pending`), shown in brackets; `undefined` for none. */
  readonly state?: ((version: string) => string | undefined) | undefined;
}

/** The text beside a version: `20260109_120000 Add bio to user [applied]`, always one line. */
export function labelOf(node: VersionNode<Versioned>, options: RenderOptions): string {
  const state = options.state?.(node.version);
  return [node.version, node.migration.description, state === undefined ? undefined : `[${state}]`]
    .filter((part) => part !== undefined && part !== "")
    .join(" ")
    .replace(/\s+/g, " ");
}
