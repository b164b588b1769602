import { isSurqlError, SurqlError } from "@surql/errors";
import type { QuarantineEntry } from "@surql/history";
import { redactSecrets } from "@surql/surrealql";
import { nameOf } from "./restore-script.ts";
import type { RestoreRule } from "./restore-rule.ts";

/** The engine refused a batch of what is put back; `undefined` for any other error. */
export function restoreStopped(
  entry: QuarantineEntry,
  rule: RestoreRule,
  error: unknown,
): SurqlError | undefined {
  if (!isSurqlError(error) || typeof error.meta["restoring"] !== "string") return undefined;
  const { reason = error.message } = error.meta;
  const why = redactSecrets(String(reason));
  const object = nameOf(entry);
  return new SurqlError({
    code: "EXECUTOR.RESTORE_STOPPED",
    category: "partial",
    message: `What was kept of ${object} is being put back in batches, and one of them failed. Those before it are committed.`,
    why,
    nextActions: [
      `Correct what stands in the way, then go on: surql migrate restore ${entry.id} --rule ${rule}`,
      "Or take out again what came back: surql migrate repair --abandon",
    ],
    meta: { object, entry: entry.id, rule, reason: why },
    cause: error,
  });
}

/** Something is put back half-way, and what was asked for does not go on with it. */
export function restoreUnfinished(entries: readonly QuarantineEntry[]): SurqlError {
  const [first] = entries;
  const { rule, back } = first?.restoring ?? {};
  const what = entries.map(nameOf).join(", ");
  const abandon = "surql migrate repair --abandon";
  return new SurqlError({
    code: "EXECUTOR.RESTORE_UNFINISHED",
    category: "state",
    message:
      back === true
        ? `What was put back of ${what} is being taken out again, and that is half-way. Nothing was changed.`
        : `${what} is being put back in batches by the rule ${rule}, and that is half-way. Nothing was changed.`,
    nextActions:
      back === true
        ? [`Go on with it: ${abandon}`]
        : [
            `Go on with it: surql migrate restore ${first?.id} --rule ${rule}`,
            `Or take out again what came back: ${abandon}`,
          ],
    meta: { entries: entries.map(({ id }) => id), rule, back: back === true },
  });
}
