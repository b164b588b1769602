import type { Style } from "../output/style.ts";

/** A migration that was just written. */
export interface Created {
  readonly version: string;
  readonly description: string;
  readonly dependsOn: readonly string[];
  readonly path: string;
}

/** Where the new migration is, and what to do with it. */
export function renderCreated({ path }: Created, style: Style): string {
  return [
    `${style("green", "created")} ${path}`,
    "Write the statements of both directions, then run: surql migrate up",
  ].join("\n");
}
