import { SurqlError } from "@surql/errors";

/** A parent that is named by a version and is not in the graph. */
export interface MissingParent {
  readonly version: string;
  readonly parent: string;
}

/** `GRAPH.DUPLICATE_VERSION`: a version was added a second time. */
export function duplicateVersion(version: string): SurqlError {
  return new SurqlError({
    code: "GRAPH.DUPLICATE_VERSION",
    category: "usage",
    message: `Version ${version} is in the graph already.`,
    nextActions: ["Give each migration a version of its own."],
    meta: { version },
  });
}

/** `GRAPH.UNKNOWN_VERSION`: a version was asked for that is not in the graph. */
export function unknownVersion(version: string): SurqlError {
  return new SurqlError({
    code: "GRAPH.UNKNOWN_VERSION",
    category: "usage",
    message: `There is no version ${version} in the graph.`,
    nextActions: ["Name a version that exists: `surql migrate graph` lists them."],
    meta: { version },
  });
}

/** `GRAPH.UNKNOWN_PARENT`: versions name parents that are not in the graph; `meta.missing` has them all. */
export function unknownParent(missing: readonly MissingParent[]): SurqlError {
  const list = missing.map(({ version, parent }) => `${version} names ${parent}`).join(", ");
  return new SurqlError({
    code: "GRAPH.UNKNOWN_PARENT",
    category: "usage",
    message: `Parents are not in the graph: ${list}.`,
    nextActions: ["Add the missing migrations, or correct depends_on where they are named."],
    meta: { missing },
  });
}

/** `GRAPH.CYCLE`: versions depend on themselves; `meta.cycles` has every cycle, `meta.versions` the first. */
export function cycle(cycles: readonly (readonly string[])[]): SurqlError {
  const list = cycles.map((versions) => [...versions, versions[0]].join(" → ")).join("; ");
  return new SurqlError({
    code: "GRAPH.CYCLE",
    category: "usage",
    message: `Versions are their own ancestors: ${list}.`,
    why: "A version without depends_on descends from the previous version in text order.",
    nextActions: ["Break the cycle: correct depends_on of one of these versions."],
    meta: { versions: cycles[0] ?? [], cycles },
  });
}

/** `GRAPH.NO_PATH`: two versions have no ancestor in common. */
export function noPath(from: string, to: string): SurqlError {
  return new SurqlError({
    code: "GRAPH.NO_PATH",
    category: "usage",
    message: `No path leads from version ${from} to version ${to}.`,
    why: "Neither descends from the other, and they have no ancestor in common.",
    nextActions: ["Look at the branches with `surql migrate graph`."],
    meta: { from, to },
  });
}
