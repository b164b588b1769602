import { confirmationRequired, declined } from "./errors.ts";
import type { Prompts } from "./prompt.ts";

/** What was asked for on the command line, and whether there is somebody to ask. */
export interface ApprovalRequest {
  /** Whether the change can lose data, or cannot be judged. */
  readonly dangerous: boolean;
  readonly force: boolean;
  readonly yes: boolean;
  /** Whether stdin and stderr are a terminal. */
  readonly terminal: boolean;
}

/**
 * - `granted`: by flags.
 * - `withheld`: it is dangerous, was not forced, and there is nobody to ask.
 * - `confirm`, `type-yes`: to be asked for, lightly or gravely.
 * - `unconfirmed`: it may be done, but the question cannot be asked.
 */
export type Approval = "granted" | "withheld" | "confirm" | "type-yes" | "unconfirmed";

/** Decides who has to approve a change. `--yes` alone never consents to losing data, nor does `--force` alone. */
export function decideApproval(request: ApprovalRequest): Approval {
  const { dangerous, force, yes, terminal } = request;
  if (yes && (force || !dangerous)) return "granted";
  if (terminal) return dangerous ? "type-yes" : "confirm";
  return dangerous && !force ? "withheld" : "unconfirmed";
}

/**
 * Gets the approval of a rollback, by flags or by asking.
 *
 * @param target The version to go back to.
 * @param showPlan Shows what is approved, unless nobody approves it.
 * @returns Whether it is approved. `false` leaves the refusal to the executor, which knows the issues.
 * @throws `CLI.CONFIRMATION_REQUIRED`, `CLI.DECLINED`, `CLI.INTERRUPTED`.
 */
export async function obtainApproval(
  target: string,
  request: ApprovalRequest,
  prompts: Pick<Prompts, "confirm" | "typeYes">,
  showPlan: () => void,
): Promise<boolean> {
  const approval = decideApproval(request);
  if (approval === "withheld") return false;
  if (approval === "unconfirmed") {
    throw confirmationRequired(
      `Rolling back to ${target}`,
      `Read what it would do: surql migrate plan-rollback ${target}`,
      request.dangerous ? ["--force", "--yes"] : ["--yes"],
    );
  }
  showPlan();
  if (approval === "granted") return true;
  const approved =
    approval === "confirm"
      ? await prompts.confirm(`Roll back to ${target}?`)
      : await prompts.typeYes(`Type yes to roll back to ${target} all the same`);
  if (!approved) throw declined(`Rolling back to ${target}`);
  return true;
}
