import type { ExecutorEvent } from "surql/executor";

/** Why something is tried again. */
export function renderRetry({
  reason,
  failed,
  attempts,
}: Extract<ExecutorEvent, { readonly kind: "retrying" }>): string {
  const what =
    reason === "conflict"
      ? "Others wrote the same records, and the database undid the transaction"
      : "The connection was lost";
  return `${what}. Trying again (${failed + 1} of ${attempts}).`;
}
