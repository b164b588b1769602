import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { captureSchema, connect, splitStatements } from "surql";
import type { Database, Schema } from "surql";

const folder = join(import.meta.dirname, "../fixtures/schemas");
const next = ".next.surql";

/** The kinds of projects there are schemas of, by name. */
export const projects: readonly string[] = (await readdir(folder))
  .filter((name) => name.endsWith(next))
  .map((name) => name.slice(0, -next.length))
  .toSorted();

/** The script of a project: as it is, or as it became. */
export function scriptOf(project: string, version: "now" | "next"): Promise<string> {
  return readFile(join(folder, `${project}${version === "next" ? next : ".surql"}`), "utf8");
}

/** The definitions of a script, without the records that it brings along. */
export function definitionsIn(script: string): readonly string[] {
  return splitStatements(script)
    .map(({ text }) => text)
    .filter((text) => /^DEFINE\b/i.test(text));
}

/** An empty database in memory. */
export function openEmpty(): Promise<Database> {
  return connect({ url: "mem://", namespace: "test", database: "test" });
}

/** A database in which a script has run. */
export async function openWith(script: string): Promise<Database> {
  const db = await openEmpty();
  await db.query(script);
  return db;
}

/** What a script makes of an empty database. */
export async function schemaOf(script: string): Promise<Schema> {
  const db = await openWith(script);
  try {
    return await captureSchema(db);
  } finally {
    await db.close();
  }
}
