import type { Database } from "@surql/connection";
import { buildVersionGraph } from "@surql/graph";
import type { Migration } from "@surql/migration";
import { interrupted, unknownVersion } from "./errors.ts";
import { createLineage, type Ground } from "./lineage.ts";
import { applyDefinitions } from "./run/apply-definitions.ts";
import type { MigrationProof, ProofReport } from "./proof.ts";
import type { ProofEvent } from "./proof-event.ts";
import { openSample } from "./records/open-sample.ts";
import { scratchEngines, type ScratchEngines } from "./run/scratch-engines.ts";
import { applyOnly, proveMigration } from "./prove-migration.ts";

/** What {@link proveMigrations} is told. */
export interface ProofOptions {
  /** Opens an empty engine: `() => db.openScratch()`. Each is closed again. */
  readonly openScratch: () => Promise<Database>;
  /** Which to prove; all of them unless told. */
  readonly versions?: readonly string[] | undefined;
  /** What the records are made from; 1 unless told. */
  readonly seed?: number | undefined;
  /** How many records are made of each table; 3 unless told. */
  readonly records?: number | undefined;
  /**
   * Use records of a database instead, so many of each table. It is only read. Of a table that is not there, has none, or whose
   * records do not fit the schema before a migration, records are made.
   */
  readonly sample?: { readonly from: Database; readonly limit: number } | undefined;
  /** Is told of every step as it happens. */
  readonly onEvent?: ((event: ProofEvent) => void) | undefined;
  /** Stops before the next migration. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Proves of migrations that they can be undone: runs each in a fresh engine on the schema before it, up, down and up
 * again, and compares schema and records. What is found is data; a migration that fails does not stop the others.
 *
 * @throws `PROOF.UNKNOWN_VERSION`, `PROOF.INTERRUPTED`, `GRAPH.*`, and `CONNECTION.*` when no engine can be opened.
 * @example
 * ```ts
 * const { migrations } = await proveMigrations(await discoverMigrations("migrations"), { openScratch: () => db.openScratch() });
 * for (const { version, verdict } of migrations) console.log(version, verdict);
 * ```
 */
export async function proveMigrations(
  migrations: readonly Migration[],
  options: ProofOptions,
): Promise<ProofReport> {
  const began = performance.now();
  const { seed = 1, records = 3, signal, onEvent } = options;
  const sample = options.sample && (await openSample(options.sample.from, options.sample.limit));
  const graph = buildVersionGraph(migrations);
  const wanted = new Set(options.versions ?? graph.getAllVersions());
  for (const version of wanted) {
    if (graph.getNode(version) === undefined) throw unknownVersion(version, graph.getAllVersions());
  }
  const needed = new Set(
    [...wanted].flatMap((version) => [version, ...graph.getAncestors(version)]),
  );
  await using engines = scratchEngines(options.openScratch);
  const apply = async (migration: Migration, ground: Extract<Ground, { kind: "schema" }>) =>
    (await applyOnly(engines, migration, ground)) ?? applyDefinitions(engines, migration, ground);
  const lineage = createLineage(graph, apply);
  const proofs: MigrationProof[] = [];
  for (const version of graph.topologicalOrder()) {
    const migration = graph.getNode(version)?.migration;
    if (migration === undefined || !needed.has(version)) continue;
    const ground = await lineage.before(version);
    if (!wanted.has(version)) {
      lineage.note(version, ground.kind === "schema" ? await apply(migration, ground) : undefined);
      continue;
    }
    const done = proofs.map((proof) => proof.version);
    if (signal?.aborted === true) {
      throw interrupted(
        done,
        [...wanted].filter((one) => !done.includes(one)),
      );
    }
    onEvent?.({ kind: "proof-started", version, position: done.length + 1, total: wanted.size });
    const { proof, after } = await proveMigration(migration, ground, {
      engines,
      seed,
      records,
      sample,
    });
    lineage.note(version, after);
    proofs.push(proof);
    onEvent?.({ kind: "proof-finished", version, verdict: proof.verdict });
  }
  return {
    seed,
    ground: sample === undefined ? "generated" : "sample",
    engineVersion: await versionOf(engines),
    migrations: proofs,
    durationMs: performance.now() - began,
  };
}

async function versionOf(engines: ScratchEngines): Promise<string> {
  await using scratch = await engines.open();
  return scratch.target.engineVersion;
}
