export { buildVersionGraph } from "./build-version-graph.ts";
export type { MissingParent } from "./errors.ts";
export { renderGraph } from "./render-graph.ts";
export { renderMermaid } from "./render-mermaid.ts";
export type { RenderOptions } from "./render-options.ts";
export { resolveParents } from "./resolve-parents.ts";
export { VersionGraph, type VersionNode } from "./version-graph.ts";
export type { Versioned } from "./versioned.ts";
