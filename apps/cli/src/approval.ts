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
