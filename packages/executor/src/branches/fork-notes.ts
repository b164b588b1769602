import type { BranchConflict } from "./branch-conflict.ts";
import type { Fork } from "./fork.ts";
import type { RehearsedFork } from "./rehearse-fork.ts";
import { keysOfDifferences } from "./rehearse-ups.ts";
import { tablesWritten } from "./touching.ts";

/** What somebody who merges should know beside the conflicts: in sentences. Pure. */
export function forkNotes(
  { heads, sides }: Fork,
  { base, alone, both }: RehearsedFork,
  conflicts: readonly BranchConflict[],
): readonly string[] {
  const [left, right] = heads;
  const theirs = tablesWritten(sides[1]);
  const records = [...tablesWritten(sides[0])].filter((table) => theirs.has(table));
  const unproven = [...new Set([...alone, ...both].flatMap((run) => run.unproven))];
  const isSettled = conflicts.every(({ reason }) => reason !== "fails");
  const disputed = new Set(conflicts.map(({ path }) => path));
  const changed = keysOfDifferences(base.objects, alone[1].objects);
  const agreed = [...keysOfDifferences(base.objects, alone[0].objects)]
    .filter((key) => changed.has(key))
    .flatMap((key) => (both[0].objects.get(key) ?? base.objects.get(key))?.path ?? [])
    .filter((path) => !disputed.has(path));
  return [
    ...(isSettled && agreed.length > 0
      ? [`${left} and ${right} both change ${agreed.join(", ")}, and agree.`]
      : []),
    ...(records.length > 0
      ? [
          `${left} and ${right} both write records of ${records.join(", ")}: whether the order matters there is not seen without them.`,
        ]
      : []),
    ...(isSettled && unproven.length > 0
      ? [`What these do is not seen without records: ${unproven.join(", ")}.`]
      : []),
  ];
}
