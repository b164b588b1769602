import type { ScriptStatement } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import type { Assumption } from "@surql/safety-analyzer";
import { objectPath } from "@surql/snapshot";
import { changeBetween, type GroundChange } from "../plan/ground-change.ts";
import type { Part } from "./lay-out.ts";

/** What a transaction throws, in the database, when an assumption does not hold. */
const broken = "surql: an assumption does not hold";

/**
 * Statements that throw when an assumption no longer holds, with the number that was found. They see what is committed when their
 * transaction begins: a write that another client commits at the same moment can still slip past them.
 */
export function assumptionChecks(assumptions: readonly Assumption[]): readonly ScriptStatement[] {
  return assumptions.map(({ migration, description, check, object, atMost = 0 }) => ({
    text: `IF (${check}\n) > ${atMost} { THROW string::concat("${broken}: ", (${check}\n)) }`,
    origin: { migration, assumption: description, atMost, ...(object && { object }) },
  }));
}

/**
 * Says which assumptions each part checks before its first statement: the first part all of them, a later one
 * again those of the migrations that begin in it, but for what was approved: an earlier part may have changed that. Pure.
 */
export function assumptionsByPart(
  parts: readonly Part[],
  assumptions: readonly Assumption[],
): ReadonlyMap<Part, readonly Assumption[]> {
  const begun = new Set<string>();
  return new Map(
    parts.map((part, position) => {
      const versions = part.statements.map(({ migration }) => migration);
      const beginning = new Set(versions.filter((version) => !begun.has(version)));
      for (const version of versions) begun.add(version);
      const isOfPart = ({ migration, atMost }: Assumption): boolean =>
        position === 0 || (beginning.has(migration) && atMost === undefined);
      return [part, assumptions.filter(isOfPart)];
    }),
  );
}

/** What no longer holds, when an error comes from a check. */
export function brokenAssumption(error: unknown): string | undefined {
  if (!isSurqlError(error)) return undefined;
  const { assumption, reason } = error.meta;
  if (typeof assumption !== "string") return undefined;
  return String(reason).includes(broken)
    ? `It counts on this, which is no longer so: ${assumption}.`
    : `It counts on this, which could not be checked: ${assumption}. ${String(reason)}`;
}

/** What it was and what it is, where a check has found more than was approved. */
export function grownLoss(error: unknown): GroundChange | undefined {
  if (!isSurqlError(error) || brokenAssumption(error) === undefined) return undefined;
  const { object, atMost, reason } = error.meta;
  const found = new RegExp(`${broken}: (\\d+)`).exec(String(reason))?.[1];
  if (typeof object !== "object" || object === null || found === undefined) return undefined;
  const path = objectPath(object as { readonly kind: string; readonly name: string });
  return changeBetween(path, `${String(atMost)} records`, `${found} records`);
}
