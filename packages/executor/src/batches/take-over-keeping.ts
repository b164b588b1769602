import { boundDefinition, layBare } from "../quarantine/keep-removed.ts";
import { entryColumns, type EntryFrame } from "../quarantine/keep-rows.ts";
import type { Keeping } from "../quarantine/keeping.ts";
import { mayHoldEdges } from "../quarantine/stored-records.ts";
import { itemsBefore, itemsWithin } from "./batch-keeping.ts";
import { outrunIf, takeOver } from "./batch-scripts.ts";

/** Statements that make an entry which was kept in batches part of the transaction that loses it. Pure. */
export function takeOverKeeping(keeping: Keeping, frame: EntryFrame): readonly string[] {
  const columns = entryColumns(keeping, frame);
  if (keeping.kind === "field") return takeOver(keeping, itemsWithin(keeping), columns);
  // There was none when this was planned: whatever has come since is kept in another way.
  const guard = keeping.edges === "some" ? [outrunIf(mayHoldEdges(keeping.table))] : [];
  if (keeping.kind === "records") {
    return [...guard, ...takeOver(keeping, itemsBefore(keeping), columns)];
  }
  return [
    ...guard,
    ...layBare(keeping),
    ...takeOver(keeping, itemsWithin(keeping), { ...columns, definition: boundDefinition }),
  ];
}
