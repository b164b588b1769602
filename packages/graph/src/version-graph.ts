import { cycle, duplicateVersion, noPath, unknownParent, unknownVersion } from "./errors.ts";
import type { MissingParent } from "./errors.ts";
import { findCycles } from "./find-cycles.ts";
import { findMergeBase } from "./merge-base.ts";
import { pathDown } from "./path-down.ts";
import { sortVertices } from "./sort-vertices.ts";
import { namedParents } from "./versioned.ts";
import type { Versioned } from "./versioned.ts";
import { reachable } from "./vertex.ts";
import type { Vertex } from "./vertex.ts";

/** A version as the graph shows it. */
export interface VersionNode<M> {
  readonly version: string;
  /** In the order in which they were named. */
  readonly parents: readonly string[];
  /** In text order. */
  readonly children: readonly string[];
  readonly migration: M;
}

/**
 * The versions of a schema with their parents: branches and merges included.
 *
 * A parent may be added after its children. Whatever depends on the whole graph (orders, paths,
 * ancestors) throws `GRAPH.UNKNOWN_PARENT` or `GRAPH.CYCLE` while it is incomplete or cyclic.
 * Versions are ordered as text, by UTF-16 code units.
 *
 * @example
 * ```ts
 * const graph = new VersionGraph();
 * graph.addVersion({ version: "20260108_120000" });
 * graph.addVersion({ version: "20260109_120000" }, "20260108_120000");
 * graph.getPath("20260109_120000", "20260108_120000"); // ["20260109_120000", "20260108_120000"]
 * ```
 */
export class VersionGraph<M extends Versioned = Versioned> {
  readonly #vertices = new Map<string, Vertex<M>>();
  #order: readonly Vertex<M>[] | undefined;
  #size = 0;

  /** How many versions there are. */
  get size(): number {
    return this.#size;
  }

  /**
   * Adds a version.
   *
   * @param parents Its parents; by default what the migration names in `parents` or `dependsOn`.
   * @throws `GRAPH.DUPLICATE_VERSION` when the version is there already.
   */
  addVersion(migration: M, parents: string | readonly string[] = namedParents(migration)): this {
    const vertex = this.#vertex(migration.version);
    if (vertex.migration !== undefined) throw duplicateVersion(migration.version);
    vertex.migration = migration;
    const names = typeof parents === "string" ? [parents] : parents;
    vertex.parents = (names.length > 1 ? [...new Set(names)] : names).map((name) => {
      const parent = this.#vertex(name);
      parent.children.push(vertex);
      return parent;
    });
    this.#size += 1;
    this.#order = undefined;
    return this;
  }

  /** The version with its parents, children and migration, or `undefined` when it is not there. */
  getNode(version: string): VersionNode<M> | undefined {
    const vertex = this.#vertices.get(version);
    if (vertex?.migration === undefined) return undefined;
    const { migration, parents, children } = vertex;
    return {
      version,
      parents: versionsOf(parents),
      children: versionsOf(children).toSorted(),
      migration,
    };
  }

  /**
   * The way from one version to another, both included: down to an ancestor (newest first), up to
   * a descendant, or else down to the merge base and up from there. Always a shortest such way,
   * and the way back is its reverse.
   *
   * @throws `GRAPH.UNKNOWN_VERSION`, `GRAPH.NO_PATH` when they have no ancestor in common.
   */
  getPath(from: string, to: string): readonly string[] {
    const [start, end] = this.#known(from, to);
    const down = pathDown(start, end);
    if (down !== undefined) return versionsOf(down);
    const up = pathDown(end, start);
    if (up !== undefined) return versionsOf(up).toReversed();
    const base = findMergeBase(start, end);
    if (base === undefined) throw noPath(from, to);
    return [...this.getPath(from, base.version), ...this.getPath(base.version, to).slice(1)];
  }

  /** Everything that the version descends from, without itself, root first. @throws `GRAPH.UNKNOWN_VERSION` */
  getAncestors(version: string): readonly string[] {
    const [start] = this.#known(version, version);
    return versionsOf(reachable(start, (vertex) => vertex.parents));
  }

  /** Everything that descends from the version, without itself, oldest first. @throws `GRAPH.UNKNOWN_VERSION` */
  getDescendants(version: string): readonly string[] {
    const [start] = this.#known(version, version);
    return versionsOf(reachable(start, (vertex) => vertex.children));
  }

  /** All versions in text order, whatever their parents. */
  getAllVersions(): readonly string[] {
    return this.#versionsWhere(() => true);
  }

  /** The versions that nothing descends from, in text order. More than one is a branch that was not merged. */
  heads(): readonly string[] {
    return this.#versionsWhere((vertex) => vertex.children.length === 0);
  }

  /** The versions without parents, in text order. */
  roots(): readonly string[] {
    return this.#versionsWhere((vertex) => vertex.parents.length === 0);
  }

  /**
   * The nearest version that both descend from, or are: the latest in topological order where
   * several are equally near. `undefined` when they have no ancestor in common.
   *
   * @throws `GRAPH.UNKNOWN_VERSION`
   */
  mergeBase(a: string, b: string): string | undefined {
    return findMergeBase(...this.#known(a, b))?.version;
  }

  /** All versions, parents before children; of those that could come next, the smallest text first. */
  topologicalOrder(): readonly string[] {
    return versionsOf(this.#sorted());
  }

  /** The parents that are named and were never added, by version and parent. */
  missingParents(): readonly MissingParent[] {
    if (this.#size === this.#vertices.size) return [];
    return this.getAllVersions().flatMap((version) =>
      (this.getNode(version)?.parents ?? [])
        .filter((parent) => this.getNode(parent) === undefined)
        .map((parent) => ({ version, parent })),
    );
  }

  /**
   * The cycles, each as the versions in it: every one is a parent of the next, the last of the
   * first. A cycle below another one may show only when that one is gone.
   */
  cycles(): readonly (readonly string[])[] {
    return findCycles([...this.#vertices.values()]);
  }

  /** Checks the whole graph. @throws `GRAPH.UNKNOWN_PARENT`, `GRAPH.CYCLE` */
  validate(): void {
    this.#sorted();
  }

  #sorted(): readonly Vertex<M>[] {
    if (this.#order !== undefined) return this.#order;
    const missing = this.missingParents();
    if (missing.length > 0) throw unknownParent(missing);
    const order = sortVertices(this.#vertices.values());
    if (order.length < this.#size) throw cycle(this.cycles());
    order.forEach((vertex, position) => {
      vertex.position = position;
    });
    return (this.#order = order);
  }

  /** The vertices of two versions, in a graph whose positions are current. */
  #known(a: string, b: string): [Vertex<M>, Vertex<M>] {
    this.#sorted();
    const find = (version: string): Vertex<M> => {
      const vertex = this.#vertices.get(version);
      if (vertex === undefined) throw unknownVersion(version);
      return vertex;
    };
    return [find(a), find(b)];
  }

  #vertex(version: string): Vertex<M> {
    let vertex = this.#vertices.get(version);
    if (vertex === undefined) {
      vertex = { version, migration: undefined, parents: [], children: [], position: 0 };
      this.#vertices.set(version, vertex);
    }
    return vertex;
  }

  #versionsWhere(accept: (vertex: Vertex<M>) => boolean): readonly string[] {
    const accepted: string[] = [];
    for (const vertex of this.#vertices.values()) {
      if (vertex.migration !== undefined && accept(vertex)) accepted.push(vertex.version);
    }
    return accepted.toSorted();
  }
}

function versionsOf(vertices: readonly Vertex<unknown>[]): readonly string[] {
  return vertices.map(({ version }) => version);
}
