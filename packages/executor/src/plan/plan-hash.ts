import { canonicalJson } from "@surql/snapshot";
import { redactSecrets } from "@surql/surrealql";
import { sha256 } from "./sha256.ts";
import type { RollbackPlan } from "./rollback-plan.ts";

/**
 * A plan as it may be shown and kept: the secrets in its statements are taken out. Its hash stays what it is.
 *
 * @example
 * ```ts
 * console.log(JSON.stringify(redactPlan(plan), null, 2));
 * ```
 */
export function redactPlan(plan: RollbackPlan): RollbackPlan {
  return {
    ...plan,
    migrations: plan.migrations.map((migration) => ({
      ...migration,
      statements: migration.statements.map(redactSecrets),
    })),
  };
}

/**
 * The hash of a plan: SHA-256 (hexadecimal) over the RFC 8785 canonical JSON of all but `hash`, with the secrets in its
 * statements taken out. These count by `statementHashes`.
 */
export function hashOfPlan(plan: Omit<RollbackPlan, "hash">): string {
  const { hash: _hash, ...rest } = redactPlan({ ...plan, hash: "" });
  return sha256(canonicalJson(JSON.parse(JSON.stringify(rest)) as object));
}
