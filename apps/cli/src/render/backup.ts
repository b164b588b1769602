import type { BackedUpFile } from "surql/executor";
import { amount } from "../output/amount.ts";

/** What a backup holds. */
export function renderBackup(files: readonly BackedUpFile[]): string {
  if (files.length === 0) return "Backed up: there are no records to lose.";
  return [
    "Backed up before the rollback begins:",
    ...files.map(({ file, field, records }) => {
      const noun = field === undefined ? "record" : "value";
      return `  ${file}: ${amount(records, noun)}`;
    }),
  ].join("\n");
}
