import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { tryMany } from "../try-many.ts";
import { judgeProof } from "./judge-proof.ts";
import { proofCase, showProof, type ProofCase } from "./proof-case.ts";

/** What a proof calls exact is exact in earnest, and what it says to lose something names all that is lost. */
export async function fuzzProof(request: FuzzRequest): Promise<FuzzReport> {
  const counts = new Map<string, number>();
  const judge = async (one: ProofCase): Promise<void> => {
    const verdict = await judgeProof(one);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  };
  const report = await tryMany(proofCase, request, { name: "proof", judge, show: showProof });
  const summary = [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(", ");
  return { ...report, summary };
}
