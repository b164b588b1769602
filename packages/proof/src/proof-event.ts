import type { Verdict } from "./proof.ts";

/** A step of a proof, as it happens. */
export type ProofEvent =
  | {
      readonly kind: "proof-started";
      readonly version: string;
      /** From 1. */
      readonly position: number;
      readonly total: number;
    }
  | { readonly kind: "proof-finished"; readonly version: string; readonly verdict: Verdict };
