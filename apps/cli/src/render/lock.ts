import type { FoundLock } from "surql/history";

/** Who holds the lock, since when and until when. */
export function renderLock({ owner, acquiredAt, expiresAt, expired }: FoundLock): string {
  return expired
    ? `The lock of ${owner}, since ${acquiredAt}, expired at ${expiresAt}: the next runner takes it over by itself.`
    : `${owner} holds the lock since ${acquiredAt}, until ${expiresAt} unless renewed.`;
}
