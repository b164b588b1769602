/** Codes of issues that cannot happen here: scripts are split and rewritten where the engine would get them wrong. */
export const handledCodes: readonly string[] = ["index_hazard"];
