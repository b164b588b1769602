import type { Migration } from "surql/migration";
import type { VersionGraph } from "surql/graph";
import type { Verdict } from "surql/proof";
import { formatFlag } from "../../base-command.ts";
import { ProjectCommand } from "../../project-command.ts";

export default class MigrateGraph extends ProjectCommand<typeof MigrateGraph> {
  static override summary = "Draw how the migrations build on each other, newest first";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --format mermaid",
  ];
  static override flags = { format: formatFlag(["table", "json", "mermaid"]) };

  async run(): Promise<void> {
    const { buildVersionGraph, renderGraph, renderMermaid } = await import("surql/graph");
    const { recordedVerdicts } = await import("../../recorded-proofs.ts");
    const { verdictWords } = await import("../../render/verdict.ts");
    const migrations = await this.migrations();
    const graph = buildVersionGraph(migrations);
    const proofs = await recordedVerdicts(this.settings.directory, migrations);
    const state = (version: string): string | undefined => {
      const verdict = proofs?.get(version);
      return verdict === undefined ? undefined : verdictWords[verdict];
    };
    await this.show(describe(graph, proofs), {
      table: () => renderGraph(graph, { state }) || "There are no migrations.",
      mermaid: () => renderMermaid(graph, { state }),
    });
  }
}

/** The graph as a document: versions parents first, each with its parents and the recorded proof. */
function describe(
  graph: VersionGraph<Migration>,
  proofs: ReadonlyMap<string, Verdict> | undefined,
): object {
  return {
    roots: graph.roots(),
    heads: graph.heads(),
    versions: graph.topologicalOrder().map((version) => {
      const node = graph.getNode(version);
      const proof = proofs?.get(version);
      return {
        version,
        description: node?.migration.description ?? "",
        parents: node?.parents ?? [],
        ...(proof !== undefined && { proof }),
      };
    }),
  };
}
