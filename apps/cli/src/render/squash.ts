import type { RecordedSquash } from "surql/executor";
import { amount } from "../output/amount.ts";
import { indent } from "../output/indent.ts";
import { section } from "../output/section.ts";
import type { Style } from "../output/style.ts";

/** What of a squash is shown. */
export interface ShownSquash {
  readonly version: string;
  readonly replaces: readonly string[];
  readonly kept: readonly { readonly place: string; readonly text: string }[];
  readonly dropped: readonly { readonly place: string; readonly text: string }[];
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Where it was written; left out while it was not. */
  readonly path?: string | undefined;
}

/** What becomes of what, and that it comes to the same. */
export function renderSquash(squash: ShownSquash, style: Style): string {
  const { version, replaces, kept, dropped, up, down, path } = squash;
  const list = (statements: ShownSquash["kept"]): readonly string[] =>
    statements.map(({ place, text }) =>
      indent(`${place}: ${text.trim().split("\n", 1)[0] ?? ""}`, 2),
    );
  return [
    `${style("bold", version)} stands for ${amount(replaces.length, "migration")}: ${replaces.join(", ")}`,
    `Proved in an engine of its own: the same schema and records, and a way back (${amount(up.length, "statement")} up, ${amount(down.length, "statement")} down).`,
    ...section("Kept behind the schema", list(kept), style),
    ...section("Left out", list(dropped), style),
    ...(path === undefined
      ? []
      : [
          "",
          `${style("green", "created")} ${path}`,
          "The files that it stands for are in the folder squashed, which is not read.",
          "In each database that has applied them: surql migrate squash --apply",
        ]),
  ].join("\n");
}

/** What was recorded of squashes in the history. */
export interface ShownRecord {
  readonly recorded: readonly RecordedSquash[];
  /** Set where nothing was done. */
  readonly dryRun?: boolean;
  readonly prunedSnapshots: boolean;
}

/** What was recorded, or would be. */
export function renderRecorded(
  { recorded, dryRun, prunedSnapshots }: ShownRecord,
  style: Style,
): string {
  if (recorded.length === 0) return "No squash is to be recorded: the history is as the files are.";
  return recorded
    .flatMap(({ version, replaced, snapshots }) => [
      `${dryRun === true ? "To put" : "Put"} ${style("bold", version)} in place of ${amount(replaced.length, "history row")}: ${replaced.join(", ")}`,
      ...(snapshots.length === 0
        ? []
        : [
            indent(
              `${prunedSnapshots ? "Deletes the snapshots" : "Leaves the snapshots (--prune-snapshots deletes them)"} of versions that are gone: ${snapshots.join(", ")}`,
              2,
            ),
          ]),
    ])
    .join("\n");
}
