import type { QuarantineEntry } from "@surql/history";

/**
 * Whether an entry may be dropped at a time. What a rollback is still keeping or a restore is putting back never expires; what a file was being read
 * into does, as nothing goes on with that. Pure.
 */
export function hasExpired(
  { state, imported, expiresAt }: QuarantineEntry,
  nowMs: number,
): boolean {
  const isLeft = state === "kept" || (state === "keeping" && imported === true);
  return isLeft && expiresAt !== undefined && new Date(expiresAt).getTime() <= nowMs;
}
