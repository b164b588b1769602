import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DatabaseStatus } from "surql/history";
import type { ProofEvidence, ProofReport } from "surql/proof";
import type { Migration } from "surql/migration";
import { fileFailed } from "./file-errors.ts";
import { writeOutputFile } from "./write-output-file.ts";

/** Where the evidence of a directory of migrations is; told here, so that nothing is loaded where there is none. */
const fileName = "surql.proof.json";

/** A status with the recorded proofs. */
export interface ProvedStatus extends DatabaseStatus {
  readonly migrations: readonly (DatabaseStatus["migrations"][number] & {
    readonly proof?: ProofEvidence["verdict"] | undefined;
  })[];
}

/**
 * What was proved of the migrations of a directory; `undefined` where nothing was recorded.
 *
 * @throws `PROOF.INVALID_EVIDENCE`, `CLI.FILE_UNREADABLE`.
 */
async function recordedProofs(directory: string): Promise<readonly ProofEvidence[] | undefined> {
  const path = join(directory, fileName);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileFailed("read", path, error);
  }
  const { readEvidence } = await import("surql/proof");
  return readEvidence(text);
}

/**
 * Which verdict was recorded for each migration as it is now.
 *
 * @returns `undefined` where nothing was recorded.
 */
export async function recordedVerdicts(
  directory: string,
  migrations: readonly Migration[],
): Promise<ReadonlyMap<string, ProofEvidence["verdict"]> | undefined> {
  const kept = await recordedProofs(directory);
  if (kept === undefined) return undefined;
  const { findEvidence } = await import("surql/proof");
  return new Map(
    migrations.flatMap((migration) => {
      const evidence = findEvidence(kept, migration);
      return evidence === undefined ? [] : [[migration.version, evidence.verdict] as const];
    }),
  );
}

/** A status of which each migration also says what was recorded of it. */
export async function withProofs(
  status: DatabaseStatus,
  directory: string,
  migrations: readonly Migration[],
): Promise<ProvedStatus> {
  const proofs = await recordedVerdicts(directory, migrations);
  if (proofs === undefined) return status;
  const shown = status.migrations.map((migration) => {
    const proof = proofs.get(migration.version);
    return proof === undefined ? migration : { ...migration, proof };
  });
  return { ...status, migrations: shown };
}

/** Keeps what was proved beside the migrations. The path of the file. */
export async function recordProofs(
  directory: string,
  report: ProofReport,
  migrations: readonly Migration[],
): Promise<string> {
  const { addEvidence, writeEvidence } = await import("surql/proof");
  const path = join(directory, fileName);
  const evidence = addEvidence((await recordedProofs(directory)) ?? [], report, migrations);
  await writeOutputFile(path, writeEvidence(evidence));
  return path;
}
