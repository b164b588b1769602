import type { ObjectReference } from "@surql/surrealql";

/** `1,204` */
function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `1 record`, `1,204 records`. The plural takes an `s`. */
export function amount(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `all 1,204 records of user`; without a number, `all records of user`. */
export function allRecords(table: string, count: number | undefined): string {
  if (count === undefined) return `all records of ${table}`;
  return `${count > 1 ? "all " : ""}${amount(count, "record")} of ${table}`;
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
