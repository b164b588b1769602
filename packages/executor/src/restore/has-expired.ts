import type { QuarantineEntry } from "@surql/history";

/** Whether an entry may be dropped at a time. What is still being kept never expires. Pure. */
export function hasExpired({ state, expiresAt }: QuarantineEntry, nowMs: number): boolean {
  return state === "kept" && expiresAt !== undefined && new Date(expiresAt).getTime() <= nowMs;
}
