import type { RehearsedOutcome } from "@surql/safety-analyzer";
import { compareSchemas, emptySchema, objectPath, type Schema } from "@surql/snapshot";
import { readStatement } from "@surql/surrealql";
import { plannedObject, type PlannedObject } from "./planned-object.ts";
import { mayWrite } from "../run/may-write.ts";

/** What a plan makes of the schema, as its rehearsal showed. */
export interface PlannedOutcome {
  /** Version of the engine that it was seen on; another release may spell definitions in another way. */
  readonly engineVersion: string;
  /** Each object that is not as it was before, as it is afterwards. */
  readonly objects: readonly PlannedObject[];
  /** The objects of which it is not known; of a table, all that belongs to it. */
  readonly unknown: readonly UnknownObject[];
  /** `false` where more may change than is told. */
  readonly isComplete: boolean;
}

/** An object of which the rehearsal does not tell what becomes of it. */
type UnknownObject = Pick<PlannedObject, "path" | "kind" | "table" | "name">;

/** Makes the outcome of a rehearsal ready to be kept in a plan. Pure. */
export function plannedOutcome(
  { engineVersion, changes, omitted, unproven }: RehearsedOutcome,
  schema: Schema,
): PlannedOutcome {
  const touches = unproven.flatMap(({ text }) => readStatement(text).touches);
  const unknown = [
    ...(omitted.length === 0 ? [] : named(schema, new Set(omitted))),
    ...touches.flatMap((touch) => ("object" in touch ? [unknownObject(touch.object)] : [])),
  ];
  return {
    engineVersion,
    objects: changes
      .map(({ after, ...object }) => plannedObject({ ...object, text: after }))
      .toSorted(byPath),
    unknown: [...new Map(unknown.map((one) => [JSON.stringify(one), one])).values()].toSorted(
      byPath,
    ),
    isComplete: !touches.some(mayWrite),
  };
}

function named(schema: Schema, paths: ReadonlySet<string>): readonly UnknownObject[] {
  return compareSchemas(emptySchema, schema)
    .filter(({ path }) => paths.has(path))
    .map(unknownObject);
}

function unknownObject({
  kind,
  table,
  name,
}: Pick<PlannedObject, "kind" | "table" | "name">): UnknownObject {
  const object = { kind, ...(table !== undefined && { table }), name };
  return { path: objectPath(object), ...object };
}

function byPath(one: UnknownObject, other: UnknownObject): number {
  return one.path < other.path ? -1 : 1;
}
