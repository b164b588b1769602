import type { Migration } from "@surql/migration";
import { judgeSteps } from "@surql/safety-analyzer";
import type { Schema } from "@surql/snapshot";
import { handledCodes } from "./handled-codes.ts";
import type { JudgeOptions, MigrationFinding } from "./judge-migrations.ts";

/** The schemas that a migration stands between. */
export interface JudgedSchemas {
  readonly before: Schema;
  readonly after: Schema;
}

/**
 * Says what a migration would lose in either direction, from its text and the schemas on both of its sides. Pure: no record is
 * looked at.
 *
 * @returns The findings of `up`, then those of `down`.
 * @throws `SAFETY.INVALID_POLICY`.
 * @example
 * ```ts
 * const lost = judgeBothWays(migration, { before, after }).filter(({ direction }) => direction === "up");
 * ```
 */
export function judgeBothWays(
  { version, up, down }: Pick<Migration, "version" | "up" | "down">,
  { before, after }: JudgedSchemas,
  { rules, policies }: JudgeOptions = {},
): readonly MigrationFinding[] {
  const options = { rules, policies, handles: handledCodes };
  return (["up", "down"] as const).flatMap((direction) => {
    const statements = direction === "up" ? up : down;
    // Nothing in the way of going forward is no finding: there may be nothing but what a secret is missing for.
    if (direction === "up" && statements.length === 0) return [];
    const schema = direction === "up" ? before : after;
    const step = { migration: version, statements };
    const { issues } = judgeSteps([step], { ...options, direction, schema });
    return issues.map((issue) => ({ ...issue, direction }));
  });
}
