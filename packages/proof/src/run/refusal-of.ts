import type { Migration } from "@surql/migration";
import { findForbidden, outsideEffects } from "@surql/safety-analyzer";
import type { Schema } from "@surql/snapshot";
import type { ProofFailure } from "../proof.ts";
import { isPlain } from "./is-plain.ts";

/** Why a migration is not run at all: what surql never runs, and what may never end. */
export function refusalOf(
  { version, up, down }: Migration,
  schema: Schema,
): ProofFailure | undefined {
  const steps = [
    { migration: version, statements: up },
    { migration: version, statements: down },
  ];
  const [forbidden] = findForbidden(steps);
  if (forbidden !== undefined) {
    const { statement, line, what, why } = forbidden;
    return { reason: `${what} is never run: ${why}`, statement, line };
  }
  if (isPlain({ up, down })) return undefined;
  const endless = outsideEffects(steps, schema).find((effect) => effect.endless);
  if (endless === undefined) return undefined;
  const { statement, line, does, by } = endless;
  const what = by === undefined ? does : `may set off ${by}, which ${does}`;
  return { reason: `It is not run, as it ${what}: that may never end.`, statement, line };
}
