import type { Database } from "@surql/connection";
import type { Schema } from "@surql/snapshot";
import { interrupted } from "../errors.ts";
import { layOut } from "../run/lay-out.ts";
import type { RunOptions } from "../options.ts";
import { fieldSegments } from "../quarantine/field-segments.ts";
import type { Keeping } from "../quarantine/keeping.ts";
import { preservationOf } from "../quarantine/preservation.ts";
import { readClock } from "../plan/read-clock.ts";
import { readScript } from "../run/read-script.ts";
import { writeRecordLine } from "../restore/record-line.ts";
import type { RollbackPlan } from "../plan/rollback-plan.ts";
import { readPages } from "./read-pages.ts";

/** Where a backup is written to. */
export interface BackupFolder {
  /** Creates a file of this name. */
  open(name: string): Promise<BackupFile>;
}

/** A file of a backup that is open. */
export interface BackupFile {
  write(text: string): Promise<void>;
  /** Resolves when everything is stored. */
  close(): Promise<void>;
}

/** A file of a backup: a table, a field, or edges. */
export interface BackedUpFile {
  readonly file: string;
  /** Version of the migration whose down loses it. */
  readonly migration: string;
  readonly table: string;
  readonly field?: string | undefined;
  /** How many records or values are in it. */
  readonly records: number;
}

/**
 * Writes what a rollback is going to lose to record files (docs/formats.md), with a list of them and a script that loads them. Nothing
 * of the schema is in it, and so no secret. What others write while it is read, page by page, may or may not be in it.
 *
 * @param schema The schema before the rollback.
 * @throws `EXECUTOR.UNWRITABLE_RECORD`, `CONNECTION.*`, and what the folder throws.
 */
export async function backUpRollback(
  db: Database,
  plan: RollbackPlan,
  schema: Schema,
  folder: BackupFolder,
  { onEvent, signal, toolVersion }: RunOptions,
): Promise<void> {
  const startedAt = await readClock(db);
  const files: BackedUpFile[] = [];
  for (const keeping of whatIsLost(plan, schema)) {
    if (signal?.aborted) throw interrupted();
    const file = await writeFile(db, keeping, files.length + 1, folder);
    if (file !== undefined) files.push(file);
  }
  const { fromVersion, toVersion, fingerprint, target, engineVersion } = plan;
  const finishedAt = await readClock(db);
  const manifest = {
    format: 1,
    startedAt,
    finishedAt,
    fromVersion,
    toVersion,
    fingerprint,
    target,
    engineVersion,
    toolVersion,
    files,
  };
  await writeText(folder, "load.sh", loader);
  await writeText(folder, "manifest.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
  onEvent?.({ kind: "backup-written", files });
}

const loader = `#!/bin/sh
# Gives back what is in this folder, by a rule for what was written since: theirs, ours or only-if-none.
# The tables and fields must be there again. Run it in the project, or with --url and so on: sh load.sh --rule theirs
exec "\${SURQL:-surql}" migrate restore --from "$(cd "$(dirname "$0")" && pwd)" "$@"
`;

/** Each table, field and set of edges once, in the order in which it is lost. A removed table holds its fields. */
function whatIsLost(plan: RollbackPlan, schema: Schema): readonly Keeping[] {
  const parts = layOut(plan.migrations.map(readScript), "down");
  const all = parts.map((part) => ({ ...part, transactional: true }));
  const keepings = [...preservationOf(all, schema).values()].flat();
  const whole = new Set(keepings.flatMap(({ kind, table }) => (kind === "table" ? [table] : [])));
  const seen = new Set<string>();
  return keepings.filter(({ kind, table, field, of }) => {
    const key = JSON.stringify([kind, table, field, of]);
    if (seen.has(key) || (kind !== "table" && whole.has(table))) return false;
    seen.add(key);
    return true;
  });
}

/** Nothing where there is nothing to write. */
async function writeFile(
  db: Database,
  keeping: Keeping,
  number: number,
  folder: BackupFolder,
): Promise<BackedUpFile | undefined> {
  const { migration, table, field } = keeping;
  const head = { ...keeping, ...(field !== undefined && { path: fieldSegments(field).names }) };
  const name = [table, field].filter((part) => part !== undefined).join(".");
  const file = `${String(number).padStart(3, "0")}-${name.replaceAll(/[^\w.-]/g, "_")}.jsonl`;
  let records = 0;
  let open: BackupFile | undefined;
  try {
    for await (const page of readPages(db, keeping)) {
      open ??= await folder.open(file);
      const lines = page.map(({ item, isEdge }) => `${writeRecordLine(head, item, isEdge)}\n`);
      await open.write(lines.join(""));
      records += page.length;
    }
  } finally {
    await open?.close();
  }
  if (open === undefined) return undefined;
  return { file, migration, table, ...(field !== undefined && { field }), records };
}

async function writeText(folder: BackupFolder, name: string, text: string): Promise<void> {
  const file = await folder.open(name);
  try {
    await file.write(text);
  } finally {
    await file.close();
  }
}
