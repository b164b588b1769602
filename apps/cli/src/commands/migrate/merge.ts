import { relative } from "node:path";
import { Args, Flags } from "@oclif/core";
import type { BranchComparison } from "surql/executor";
import type { Migration } from "surql/migration";
import { branchesConflict, unmergeable } from "../../branch-errors.ts";
import { ProjectCommand } from "../../project-command.ts";
import { renderMerged, type Merged } from "../../render/merged.ts";

export default class MigrateMerge extends ProjectCommand<typeof MigrateMerge> {
  static override summary = "Bring branches of migrations together";
  static override description = [
    "Writes a migration that builds on all heads and changes nothing, so that there is one head again.",
    "Before that it applies the branches in engines in memory, in both orders, and says where they do not give the same schema: then nothing is written (exit 4) unless --accept-conflicts is given.",
  ].join("\n");
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> merge_profiles --heads 20260109_120000 --heads 20260110_090000",
  ];
  static override args = {
    name: Args.string({ description: "What is merged, in a few words", default: "merge" }),
  };
  static override flags = {
    heads: Flags.string({
      summary: "Version to build on, twice or more; all heads unless given",
      multiple: true,
      multipleNonGreedy: true,
      helpValue: "<version>",
    }),
    "accept-conflicts": Flags.boolean({ summary: "Write it although the branches conflict" }),
  };

  async run(): Promise<void> {
    const migrations = await this.someMigrations();
    const heads = await this.#heads(migrations);
    if (heads.length < 2)
      return this.#show({ heads, version: null, path: null, conflicts: [], notes: [] });
    const { conflicts, notes } = await this.#compare(migrations, heads);
    if (conflicts.length > 0 && !this.flags["accept-conflicts"]) {
      const document = { heads, version: null, path: null, conflicts, notes };
      return this.showFinding(document, branchesConflict(conflicts), { table: renderMerged });
    }
    const { createMigration } = await import("surql/migration");
    // A script without a statement counts as missing: this one says what it is for, and does nothing in both directions.
    const nothing = [`LET $merged = ${JSON.stringify(heads)}`];
    const { path, migration } = await createMigration({
      directory: this.settings.directory,
      name: this.args.name,
      now: new Date(),
      description: this.args.name === "merge" ? `Merge ${heads.join(" and ")}` : undefined,
      dependsOn: heads,
      up: nothing,
      down: nothing,
    });
    return this.#show({ heads, version: migration.version, path, conflicts, notes });
  }

  async #show(merged: Merged): Promise<void> {
    await this.show(merged, {
      table: (document, style) => {
        const { path } = document;
        const shown = path === null ? null : relative(process.cwd(), path);
        return renderMerged({ ...document, path: shown }, style);
      },
    });
  }

  async #heads(migrations: readonly Migration[]): Promise<readonly string[]> {
    const { buildVersionGraph } = await import("surql/graph");
    const graph = buildVersionGraph(migrations);
    const wanted = this.flags.heads;
    if (wanted === undefined) return graph.heads();
    const heads = [...new Set(wanted)].toSorted();
    const unknown = heads.filter((head) => graph.getNode(head) === undefined);
    if (unknown.length > 0) throw unmergeable(`There is no version ${unknown.join(", ")}.`);
    for (const head of heads) {
      const below = graph.getAncestors(head).find((ancestor) => heads.includes(ancestor));
      if (below !== undefined) throw unmergeable(`${head} builds on ${below} already.`);
    }
    return heads;
  }

  async #compare(
    migrations: readonly Migration[],
    heads: readonly string[],
  ): Promise<BranchComparison> {
    const { connect } = await import("surql/connection");
    const { compareBranches } = await import("surql/executor");
    const scratch = await connect({ url: "mem://", namespace: "scratch", database: "scratch" });
    try {
      return await compareBranches(scratch, migrations, heads);
    } finally {
      await scratch.close();
    }
  }
}
