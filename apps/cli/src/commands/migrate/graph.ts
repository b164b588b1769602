import type { Migration } from "surql/migration";
import type { VersionGraph } from "surql/graph";
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
    const graph = buildVersionGraph(await this.migrations());
    await this.show(describe(graph), {
      table: () => renderGraph(graph) || "There are no migrations.",
      mermaid: () => renderMermaid(graph),
    });
  }
}

/** The graph as a document: versions parents first, each with its parents. */
function describe(graph: VersionGraph<Migration>): object {
  return {
    roots: graph.roots(),
    heads: graph.heads(),
    versions: graph.topologicalOrder().map((version) => {
      const node = graph.getNode(version);
      return {
        version,
        description: node?.migration.description ?? "",
        parents: node?.parents ?? [],
      };
    }),
  };
}
