import type { Company } from "./run-parts.ts";

/** Lets both go with the same part, the first one first. They must not have the same statements to stand beside. */
export function joinCompanies(one: Company = {}, other: Company = {}): Company {
  return {
    opening: [...(one.opening ?? []), ...(other.opening ?? [])],
    before: one.before ?? other.before,
    after: one.after ?? other.after,
    closing: [...(one.closing ?? []), ...(other.closing ?? [])],
  };
}
