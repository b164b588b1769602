import type { ObjectReference } from "@surql/surrealql";
import type { Impact } from "./rollback-issue.ts";

/** `1,204` */
function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `1 record`, `1,204 records`. The plural takes an `s`. */
export function amount(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * `12 records of user`; `up to 12 records of user` where it can only be so many at most; by a sample,
 * `about 12 records of user (from a sample of 1,000)`.
 */
export function counted(impact: Impact | undefined, noun: string, whose: string): string {
  if (impact === undefined) return `the ${noun}s ${whose}`;
  const { records, exact, sample } = impact;
  const said = `${amount(records, noun)} ${whose}`;
  if (exact) return said;
  return sample === undefined ? `up to ${said}` : `about ${said} ${fromSample(sample)}`;
}

/** `(from a sample of 1,000)` */
export function fromSample(sample: number): string {
  return `(from a sample of ${formatCount(sample)})`;
}

/** `all 1,204 records of user`; without a number, `all records of user`. */
export function allRecords(table: string, impact: Impact | undefined): string {
  if (impact === undefined) return `all records of ${table}`;
  return `${impact.records > 1 ? "all " : ""}${amount(impact.records, "record")} of ${table}`;
}

/** `user`, `user.bio`, `user.email_idx`, `fn::greet`, `$limit`. */
export function pathOf({ kind, table, name }: ObjectReference): string {
  if (table !== undefined) return `${table}.${name}`;
  return kind === "param" ? `$${name}` : name;
}

/** What a kind of object is called in a sentence. */
export function kindWord(kind: string): string {
  if (kind === "param") return "parameter";
  return kind === "api" ? "API" : kind;
}
