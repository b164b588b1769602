import type { Database } from "@surql/connection";
import type { QuarantineEntry } from "@surql/history";

/** The time of the database, in milliseconds since 1970: what expires does so by its clock. */
export async function databaseTime(db: Pick<Database, "query">): Promise<number> {
  const [now] = await db.query("RETURN <string>time::now()");
  return new Date(now as string).getTime();
}

/** Whether an entry may be dropped at a time. What is still being kept never expires. Pure. */
export function hasExpired({ state, expiresAt }: QuarantineEntry, nowMs: number): boolean {
  return state === "kept" && expiresAt !== undefined && new Date(expiresAt).getTime() <= nowMs;
}
