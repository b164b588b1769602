import { viewSources } from "./view-sources.ts";

/** A view, and what it reads. */
export interface View {
  readonly name: string;
  readonly sources: readonly string[];
}

/**
 * The views among tables, each behind those that it reads.
 *
 * @param definitions The canonical text of each table, by name.
 */
export function orderViews(definitions: Iterable<readonly [string, string]>): readonly View[] {
  const views = new Map<string, View>();
  for (const [name, definition] of definitions) {
    const sources = viewSources(definition);
    if (sources !== undefined) views.set(name, { name, sources });
  }
  const ordered = new Set<View>();
  const underWay = new Set<View>();
  const visit = (view: View): void => {
    // Two views cannot read each other, unless by hand-made definitions: then any order is as good.
    if (ordered.has(view) || underWay.has(view)) return;
    underWay.add(view);
    for (const source of view.sources) {
      const below = views.get(source);
      if (below !== undefined) visit(below);
    }
    ordered.add(view);
  };
  for (const view of views.values()) visit(view);
  return [...ordered];
}
