import { SurqlError } from "@surql/errors";
import type { OutOfOrder } from "./find-out-of-order.ts";

/** Migrations would be applied behind later ones that they do not build on. */
export function outOfOrder(late: readonly OutOfOrder[]): SurqlError {
  const versions = late.map(({ version }) => version);
  return new SurqlError({
    code: "EXECUTOR.OUT_OF_ORDER",
    category: "state",
    message: `${versions.join(", ")} would be applied out of order. Nothing was changed.`,
    why: late
      .map(
        ({ version, applied }) =>
          `${version} comes before ${applied.join(", ")}, which ${applied.length === 1 ? "is" : "are"} applied, and does not build on it.`,
      )
      .join("\n"),
    nextActions: [
      "If they are independent, apply them all the same: surql migrate up --out-of-order apply",
      `If not, give ${versions.length === 1 ? "it" : "them"} a newer version in name and metadata, or go back first: surql migrate rollback, to a version below`,
    ],
    meta: { outOfOrder: late },
  });
}
