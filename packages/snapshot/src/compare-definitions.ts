import { attributeChanges } from "./attribute-changes.ts";
import type { SchemaChange } from "./difference.ts";
import { differences } from "./differences.ts";
import type { Definitions } from "./snapshot.ts";

/** Which object it is that differs. */
export type Subject = Pick<SchemaChange, "kind" | "table" | "name" | "path">;

/** The changes between two sets of definitions. Where the texts are equal, nothing else is looked at. */
export function compareDefinitions(
  before: Definitions,
  after: Definitions,
  subjectOf: (name: string) => Subject,
): readonly SchemaChange[] {
  return differences(before, after).map(([name, old, now]) => changeOf(subjectOf(name), old, now));
}

/** One change; at least one of the definitions is there. */
export function changeOf(
  subject: Subject,
  before: string | undefined,
  after: string | undefined,
): SchemaChange {
  if (before === undefined) return { change: "added", ...subject, after };
  if (after === undefined) return { change: "removed", ...subject, before };
  const attributes = attributeChanges(before, after);
  return { change: "modified", ...subject, before, after, attributes };
}
