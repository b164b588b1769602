import { labelOf } from "./render-options.ts";
import type { RenderOptions } from "./render-options.ts";
import type { VersionGraph } from "./version-graph.ts";
import type { Versioned } from "./versioned.ts";

/**
 * Draws the graph as a Mermaid flowchart, parents above children.
 *
 * @returns Lines joined by `\n`, without a last newline.
 * @throws `GRAPH.UNKNOWN_PARENT`, `GRAPH.CYCLE`.
 * @example
 * ```ts
 * renderMermaid(graph);
 * // flowchart TD
 * //   v0["1 Create user"]
 * //   v1["2 Add bio"]
 * //   …
 * //   v0 --> v1
 * //   …
 * ```
 */
export function renderMermaid<M extends Versioned>(
  graph: VersionGraph<M>,
  options: RenderOptions = {},
): string {
  const order = graph.topologicalOrder();
  const ids = new Map(order.map((version, i) => [version, `v${i}`]));
  const boxes: string[] = [];
  const arrows: string[] = [];
  for (const [version, id] of ids) {
    const node = graph.getNode(version);
    if (node === undefined) continue;
    boxes.push(`  ${id}["${escapeLabel(labelOf(node, options))}"]`);
    for (const parent of node.parents) arrows.push(`  ${ids.get(parent) ?? ""} --> ${id}`);
  }
  return ["flowchart TD", ...boxes, ...arrows].join("\n");
}

/** Mermaid reads `#…;` as a character reference, and labels as HTML. */
function escapeLabel(label: string): string {
  return label.replace(/["#&<>`]/g, (character) => `#${character.charCodeAt(0)};`);
}
