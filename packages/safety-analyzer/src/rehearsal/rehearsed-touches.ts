import type { ObjectReference } from "@surql/surrealql";
import { touchesByStatement, type PlannedTouch } from "../read-plan.ts";
import { referenceKey } from "../schema-timeline.ts";
import { changeTouch, isSchemaTouch, type SchemaTouch } from "./change-touch.ts";
import type { PlacedStatement, SchemaRehearsal, RehearsedSegment } from "./schema-rehearsal.ts";

/** A plan as the rehearsal saw it. */
export interface RehearsedTouches {
  /** What reading says about records, and what the rehearsal says about the schema, in the order of the plan. */
  readonly touches: readonly PlannedTouch[];
  /** Those of them that the rehearsal showed. */
  readonly shown: ReadonlySet<PlannedTouch["touch"]>;
}

/**
 * Puts what a rehearsal did to the schema in the place of what the statements say about it, so that the rules can
 * judge it as they judge statements. Statements of which the rehearsal says nothing keep what they say. Pure.
 */
export function rehearsedTouches(
  read: readonly PlannedTouch[],
  { segments, unproven }: Pick<SchemaRehearsal, "segments" | "unproven">,
): RehearsedTouches {
  const byStatement = touchesByStatement(read);
  const touches: PlannedTouch[] = [];
  const shown = new Set<PlannedTouch["touch"]>();
  for (const segment of segments) {
    const said = segment.statements.flatMap(({ statement }) => byStatement.get(statement) ?? []);
    touches.push(
      ...said.filter(({ touch, statement }) => !isSchemaTouch(touch) || unproven.has(statement)),
    );
    const proven = segment.statements.filter(({ statement }) => !unproven.has(statement));
    for (const touch of changesOf(segment, said)) {
      touches.push({ ...sourceOf(touch, said, proven), touch, isSole: true });
      shown.add(touch);
    }
  }
  return { touches, shown };
}

/** Without what goes with its table, and what the engine adds and changes by itself. */
function changesOf(
  { changes }: RehearsedSegment,
  said: readonly PlannedTouch[],
): readonly SchemaTouch[] {
  const touches = changes.flatMap((change) => changeTouch(change) ?? []);
  const changed = new Set(touches.map(({ object }) => referenceKey(object)));
  const named = new Set(
    said.flatMap(({ touch }) => (isSchemaTouch(touch) ? [referenceKey(touch.object)] : [])),
  );
  const gone = new Set(
    touches.flatMap(({ effect, object }) =>
      effect === "remove" && object.kind === "table" ? [object.name] : [],
    ),
  );
  const isImplied = ({ object }: SchemaTouch): boolean => {
    if (object.table !== undefined && gone.has(object.table)) return true;
    const cause = named.has(referenceKey(object)) ? undefined : causeOf(object);
    return cause !== undefined && changed.has(referenceKey(cause));
  };
  // A table is there before what belongs to it.
  const kept = touches.filter((touch) => !isImplied(touch));
  return [
    ...kept.filter(({ object }) => object.table === undefined),
    ...kept.filter(({ object }) => object.table !== undefined),
  ];
}

/** The definition with which the engine makes one of a field: `tags` makes `tags.*`, a relation `in` and `out`. */
function causeOf({ kind, table, name }: ObjectReference): ObjectReference | undefined {
  if (kind !== "field" || table === undefined) return undefined;
  if (name === "in" || name === "out") return { kind: "table", name: table };
  return name.endsWith(".*") ? { kind, table, name: name.slice(0, -2) } : undefined;
}

/** The statement that says it, or the last one that can have done it. */
function sourceOf(
  touch: SchemaTouch,
  said: readonly PlannedTouch[],
  proven: readonly PlacedStatement[],
): PlacedStatement {
  const key = referenceKey(touch.object);
  const source = said.findLast(
    (one) => isSchemaTouch(one.touch) && referenceKey(one.touch.object) === key,
  );
  const { step, statement } = source ?? proven.at(-1)!;
  return { step, statement };
}
