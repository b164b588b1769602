import { labelOf } from "./render-options.ts";
import type { RenderOptions } from "./render-options.ts";
import type { VersionGraph } from "./version-graph.ts";
import type { Versioned } from "./versioned.ts";

/** One line of the drawing going down: the version that it leads to, `undefined` where there is none. */
type Lanes = (string | undefined)[];

/**
 * Draws the graph as text, newest version first, one line each, with lines between for branches and merges.
 *
 * @returns Lines joined by `\n`, without a last newline; empty for an empty graph.
 * @throws `GRAPH.UNKNOWN_PARENT`, `GRAPH.CYCLE`.
 * @example
 * ```ts
 * renderGraph(graph, { state: (version) => (done.has(version) ? "applied" : "pending") });
 * // ○  4 Merge [pending]
 * // ├─╮
 * // │ ○  3 Add tags [pending]
 * // ○ │  2 Add bio [applied]
 * // ├─╯
 * // ○  1 Create user [applied]
 * ```
 */
export function renderGraph<M extends Versioned>(
  graph: VersionGraph<M>,
  options: RenderOptions = {},
): string {
  const lines: string[] = [];
  const lanes: Lanes = [];
  for (const version of graph.topologicalOrder().toReversed()) {
    const node = graph.getNode(version);
    if (node === undefined) continue;

    const arriving = lanesTo(lanes, version);
    const lane = arriving[0] ?? freeLane(lanes);
    if (arriving.length > 1) lines.push(connector(lanes, lane, arriving.slice(1), "up"));
    for (const joined of arriving) lanes[joined] = undefined;
    lanes[lane] = version;
    trim(lanes);
    lines.push(
      `${lanes.map((to, i) => (i === lane ? "○ " : to === undefined ? "  " : "│ ")).join("")} ${labelOf(node, options)}`,
    );

    const [first, ...others] = node.parents;
    lanes[lane] = first;
    const leaving = others.map((parent) => {
      const free = freeLane(lanes);
      lanes[free] = parent;
      return free;
    });
    if (leaving.length > 0) lines.push(connector(lanes, lane, leaving, "down"));
    trim(lanes);
  }
  return lines.join("\n");
}

function lanesTo(lanes: Lanes, version: string): readonly number[] {
  return lanes.flatMap((to, i) => (to === version ? [i] : []));
}

function freeLane(lanes: Lanes): number {
  const free = lanes.indexOf(undefined);
  return free === -1 ? lanes.length : free;
}

function trim(lanes: Lanes): void {
  while (lanes.length > 0 && lanes.at(-1) === undefined) lanes.pop();
}

const UP = 1;
const DOWN = 2;
const LEFT = 4;
const RIGHT = 8;

/** The box character that leads in the directions of the index's bits. */
const BOX = " ╵╷│╴╯╮┤╶╰╭├─┴┬┼";

/** The line that joins `lane` to the `others`, which come from above (`up`) or go on below (`down`). */
function connector(
  lanes: Lanes,
  lane: number,
  others: readonly number[],
  where: "up" | "down",
): string {
  const from = Math.min(lane, ...others);
  const to = Math.max(lane, ...others);
  const cell = (i: number): string => {
    let bits = i > from && i <= to ? LEFT : 0;
    if (i >= from && i < to) bits |= RIGHT;
    if (others.includes(i)) bits |= where === "up" ? UP : DOWN;
    else if (lanes[i] !== undefined) bits |= UP | DOWN;
    return `${BOX.charAt(bits)}${(bits & RIGHT) === 0 ? " " : "─"}`;
  };
  return lanes
    .map((_, i) => cell(i))
    .join("")
    .trimEnd();
}
