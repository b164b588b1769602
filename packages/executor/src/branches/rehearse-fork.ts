import type { Database } from "@surql/connection";
import type { Fork } from "./fork.ts";
import { rehearseUps, type RehearsedUps } from "./rehearse-ups.ts";

/** What a fork gives: without a branch, with one alone, and with both, in either order. */
export interface RehearsedFork {
  readonly base: RehearsedUps;
  readonly alone: readonly [RehearsedUps, RehearsedUps];
  readonly both: readonly [RehearsedUps, RehearsedUps];
}

/** Applies what a fork has in common, and each of its sides, in every way. Why not, where one fails by itself. */
export async function rehearseFork(
  scratch: Database,
  { base, sides: [one, other] }: Fork,
): Promise<RehearsedFork | { readonly why: string }> {
  const runs: RehearsedUps[] = [];
  for (const order of [[], one, other, [...one, ...other], [...other, ...one]]) {
    const run = await rehearseUps(scratch, [...base, ...order]);
    if ("why" in run) return run;
    // One that fails by itself is no matter of branches.
    if (run.failure !== undefined && runs.length < 3) {
      const { version, line, reason } = run.failure;
      return { why: `the up of ${version} fails by itself in line ${line}: ${reason}` };
    }
    runs.push(run);
  }
  const [trunk, first, second, ahead, behind] = runs as [
    RehearsedUps,
    RehearsedUps,
    RehearsedUps,
    RehearsedUps,
    RehearsedUps,
  ];
  return { base: trunk, alone: [first, second], both: [ahead, behind] };
}
