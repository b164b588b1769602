import type { Attempt, Bindings, Trial } from "@surql/connection";

/** Records are tried in groups; only groups in which one fails are taken apart. */
const groupSizes = [1000, 20, 1] as const;
/** Groups of which more than this share fail are too large to begin with, ... */
const tooMany = 0.5;
/** ... and so few failures make larger ones worth while. */
const tooFew = 0.02;
/** Limits of one round trip. */
const mostStatements = 500;
const mostRecords = 10_000;

/**
 * Tries a write that changes nothing, for every record. A write that fails costs what it did until then, so how
 * large the groups are to begin with depends on how many failed in the stretch before.
 *
 * @param ids The ids of the records, as the connection gives them.
 * @param computes Whether the table may have computed fields. One that fails makes its record unreadable, which only
 * a write that returns something shows (measured on 3.0.2); that takes a fifth longer.
 * @returns The ids of those that the engine refuses.
 * @throws What the connection throws for anything but a refusal.
 */
export async function refusedRecords(
  trial: Trial,
  ids: readonly unknown[],
  computes: boolean,
): Promise<readonly unknown[]> {
  const returned = computes ? "VALUE true" : "NONE";
  const refused: unknown[] = [];
  let first = 0;
  for (const stretch of inGroups(ids, mostRecords)) {
    let suspects: readonly (readonly unknown[])[] = [stretch];
    let share = 0;
    for (const [at, size] of groupSizes.entries()) {
      if (at < first) continue;
      const groups = suspects.flatMap((group) => inGroups(group, size));
      suspects = await refusedGroups(trial, groups, returned);
      if (at === first) share = suspects.length / groups.length;
    }
    refused.push(...suspects.flat());
    if (share > tooMany && first < groupSizes.length - 1) first += 1;
    else if (share < tooFew && first > 0) first -= 1;
  }
  return refused;
}

async function refusedGroups(
  trial: Trial,
  groups: readonly (readonly unknown[])[],
  returned: string,
): Promise<readonly (readonly unknown[])[]> {
  const size = groups[0]?.length ?? 1;
  const atOnce = Math.max(1, Math.min(mostStatements, Math.floor(mostRecords / size)));
  const refused: (readonly unknown[])[] = [];
  for (const batch of inGroups(groups, atOnce)) {
    const bindings: Bindings = Object.fromEntries(batch.map((group, at) => [`g${at}`, group]));
    const attempts = await trial.attempt(
      batch.map((_, at) => ({ text: `UPDATE $g${at} RETURN ${returned}` })),
      bindings,
    );
    refused.push(...batch.filter((_, at) => isRefused(attempts[at])));
  }
  return refused;
}

function isRefused(attempt: Attempt | undefined): boolean {
  if (attempt === undefined || attempt.success) return false;
  if (attempt.error.code !== "CONNECTION.QUERY_FAILED") throw attempt.error;
  return true;
}

function inGroups<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const groups: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size));
  return groups;
}
