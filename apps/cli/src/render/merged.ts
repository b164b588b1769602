import type { BranchComparison } from "surql/executor";
import type { Style } from "../output/style.ts";

/** What came of a merge. */
export interface Merged extends BranchComparison {
  readonly heads: readonly string[];
  /** Of the migration that was written. */
  readonly version: string | null;
  readonly path: string | null;
}

/** The merge that was written, and how the branches fit together. */
export function renderMerged({ heads, path, conflicts, notes }: Merged, style: Style): string {
  if (heads.length < 2) return `There is nothing to merge: one head, ${heads.join("")}.`;
  return [
    ...conflicts.map(({ description }) => `${style("red", "conflict")} ${description}`),
    ...notes,
    ...(path === null
      ? []
      : [
          `${style("green", "created")} ${path}`,
          `It merges ${heads.join(" and ")}. To apply it: surql migrate up`,
        ]),
  ].join("\n");
}
