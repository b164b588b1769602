const relation = /^DEFINE TABLE (?:`(?:[^`\\]|\\[^])*`|[^ `]+) TYPE RELATION\b/;

/** Whether a canonical table definition is one of a relation. The engine writes the type right after the name. */
export function isRelation(definition: string): boolean {
  return relation.test(definition);
}
