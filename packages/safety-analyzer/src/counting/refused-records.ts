import type { Attempt, Bindings, Trial } from "@surql/connection";

/** Records are tried in groups; only groups in which one fails are taken apart. */
const groupSizes = [1000, 50, 1] as const;
/** Limits of one round trip. */
const mostStatements = 500;
const mostRecords = 10_000;

/**
 * Tries a write that changes nothing, for every record. It has to return something: only then computed fields are
 * computed, and one that fails makes its record unreadable (measured on 3.0.2).
 *
 * @param ids The ids of the records, as the connection gives them.
 * @returns The ids of those that the engine refuses.
 * @throws What the connection throws for anything but a refusal.
 */
export async function refusedRecords(
  trial: Trial,
  ids: readonly unknown[],
): Promise<readonly unknown[]> {
  let suspects: readonly (readonly unknown[])[] = [ids];
  for (const size of groupSizes) {
    suspects = await refusedGroups(
      trial,
      suspects.flatMap((group) => inGroups(group, size)),
    );
  }
  return suspects.flat();
}

async function refusedGroups(
  trial: Trial,
  groups: readonly (readonly unknown[])[],
): Promise<readonly (readonly unknown[])[]> {
  const size = groups[0]?.length ?? 1;
  const atOnce = Math.max(1, Math.min(mostStatements, Math.floor(mostRecords / size)));
  const refused: (readonly unknown[])[] = [];
  for (const batch of inGroups(groups, atOnce)) {
    const bindings: Bindings = Object.fromEntries(batch.map((group, at) => [`g${at}`, group]));
    const attempts = await trial.attempt(
      batch.map((_, at) => ({ text: `UPDATE $g${at} RETURN VALUE true` })),
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
