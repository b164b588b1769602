import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Database } from "surql";
import type { DifferenceCase } from "./difference-case.ts";

/** An empty database. Views over records fail in memory (docs/engine.md): these get a store of files. */
export async function openArena({ before, after, withRecords }: DifferenceCase): Promise<Database> {
  const place = { namespace: "fuzz", database: "fuzz" };
  const hasViews = [...before, ...after].some((text) => text.includes(" AS SELECT "));
  if (!withRecords || !hasViews) return connect({ url: "mem://", ...place });
  const folder = await mkdtemp(join(tmpdir(), "surql-difference-"));
  const db = await connect({ url: `surrealkv://${folder}`, ...place });
  const close = async (): Promise<void> => {
    await db.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { ...db, close, [Symbol.asyncDispose]: close };
}
