import type { OutOfOrder } from "surql/executor";

/** That a migration is applied behind later ones. */
export function renderOutOfOrder({ version, applied }: OutOfOrder): string {
  const are = applied.length === 1 ? "is" : "are";
  return `${version} comes before ${applied.join(", ")}, which ${are} applied, and does not build on it.`;
}
