import type { Expectation } from "../expectation.ts";
import type { Said } from "../judge.ts";
import type { Observation } from "../observe.ts";

/** What a run says of itself in the end; `unknown`: that nobody can say whether its last step is there. */
export interface Claim {
  readonly kind: "done" | "failed" | "unknown";
  readonly words?: string;
}

/** Compares what a run claimed with what is there. Pure. @returns What is wrong. */
export function judgeClaim(
  { kind, words }: Claim,
  found: Observation,
  said: readonly Said[],
  { before, after }: Expectation,
): readonly string[] {
  if (kind === "unknown") return [];
  const wanted = new Set(kind === "done" ? after.ledger : before.ledger);
  // What had gone through when the run failed; whatever else is there was committed by what claims to have failed.
  for (const { direction, version } of kind === "failed" ? said : []) {
    if (direction === "up") wanted.add(version);
    else wanted.delete(version);
  }
  const [should, is] = [[...wanted].toSorted(), found.ledger.toSorted()].map((one) =>
    one.join(", "),
  );
  return should === is
    ? []
    : [`It says "${kind}" (${words}), and the ledger has ${is}, not ${should}`];
}
