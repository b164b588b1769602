import { decideApproval, type ApprovalRequest } from "./approval.ts";
import { confirmationRequired, declined } from "./errors.ts";
import type { Prompts } from "./prompt.ts";

/** Something that a person has to agree to. */
export interface ConsentRequest extends ApprovalRequest {
  /** At the beginning of a sentence: `Giving back what was kept`. */
  readonly what: string;
  /** As a question: `Give it back?` */
  readonly question: string;
  /** How to see what it would do. */
  readonly look: string;
}

/**
 * Gets consent, by flags or by asking.
 *
 * @param showWhat Shows what is consented to, where somebody is asked.
 * @throws `CLI.CONFIRMATION_REQUIRED`, `CLI.DECLINED`, `CLI.INTERRUPTED`.
 */
export async function obtainConsent(
  request: ConsentRequest,
  prompts: Pick<Prompts, "confirm" | "typeYes">,
  showWhat: () => void,
): Promise<void> {
  const { what, question, look, dangerous } = request;
  const decision = decideApproval(request);
  if (decision === "withheld" || decision === "unconfirmed") {
    const flags = dangerous ? ["--force", "--yes"] : ["--yes"];
    throw confirmationRequired(what, look, flags, decision === "withheld");
  }
  if (decision === "granted") return;
  showWhat();
  const agreed =
    decision === "confirm"
      ? await prompts.confirm(question)
      : await prompts.typeYes(`${question} Type yes`);
  if (!agreed) throw declined(what);
}
