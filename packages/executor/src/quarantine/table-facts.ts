import {
  canTouch,
  readLiveSchema,
  relationEnds,
  type Clauses,
  type LiveSchema,
} from "@surql/safety-analyzer";
import { unreadableTables, type Schema } from "@surql/snapshot";
import type { ObjectReference, Touch } from "@surql/surrealql";

/** Whether the records of a table are edges: all, none, or those that a RELATE made. */
export type EdgeForm = "all" | "none" | "some";

/** What has to be known of the tables of a database to keep what statements lose. */
export interface TableFacts {
  /** The tables that hold records of their own, no views, and that the engine does not refuse to read. By name. */
  readonly tables: readonly string[];
  /** The names of the computed fields of a table, as the engine writes them. */
  computed(table: string): readonly string[];
  edges(table: string): EdgeForm;
  isView(table: string): boolean;
  isFull(table: string): boolean;
  /** The tables that can hold edges of a table. */
  edgeTables(vertex: string): readonly string[];
  /** The fields of a table that the plan defines, at some time. */
  plannedFields(table: string): readonly string[];
  /** Every definition of an object that may be in force at some time: the live one, and those that the plan makes. */
  definitions(object: ObjectReference): readonly Clauses[];
  /** The same of the fields or events of a table. */
  ofTable(table: string, kind: "event" | "field"): readonly Definition[];
}

interface Definition {
  readonly object: ObjectReference;
  readonly clauses: Clauses;
}

/**
 * Puts together what is known of tables: the schema before a plan, and what the plan itself defines. Pure.
 *
 * @param touches What all statements of the plan do.
 * @param edgeHolders The tables of type `ANY` that hold edges; where that is not known, each may.
 */
export function tableFacts(
  schema: Schema,
  touches: readonly Touch[],
  edgeHolders?: ReadonlySet<string>,
): TableFacts {
  const live = readLiveSchema(schema);
  const planned = touches.flatMap((touch) =>
    touch.effect === "define" || touch.effect === "alter"
      ? [{ object: touch.object, clauses: touch.clauses }]
      : [],
  );
  const ofTable = (table: string, kind: "event" | "field"): readonly Definition[] => [
    ...live.ofTable(table, kind),
    ...planned.filter(({ object }) => object.kind === kind && object.table === table),
  ];
  const refused = new Set(unreadableTables(schema).map(({ table }) => table));
  const isView = (table: string): boolean => clausesOf(live, table)["AS"] !== undefined;
  return {
    tables: live.tables.filter((table) => !isView(table) && !refused.has(table)),
    computed: (table) => [
      ...new Set(
        ofTable(table, "field")
          .filter(({ clauses }) => clauses["COMPUTED"] !== undefined)
          .map(({ object }) => object.name),
      ),
    ],
    edges: (table) => edgeForm(clausesOf(live, table)["TYPE"]),
    isView,
    isFull: (table) => clausesOf(live, table)["SCHEMAFULL"] !== undefined,
    edgeTables: (vertex) =>
      live.tables.filter((table) => {
        if (table === vertex || isView(table) || refused.has(table)) return false;
        const type = clausesOf(live, table)["TYPE"];
        const form = edgeForm(type);
        const holdsSome = form === "some" && (edgeHolders?.has(table) ?? true);
        return holdsSome || (form === "all" && canTouch(relationEnds(type), vertex));
      }),
    plannedFields: (table) =>
      touches.flatMap((touch) =>
        touch.effect === "define" && touch.object.kind === "field" && touch.object.table === table
          ? [touch.object.name]
          : [],
      ),
    definitions: (object) =>
      [live.find(object), ...planned.filter((one) => isSame(one.object, object))]
        .filter((one) => one !== undefined)
        .map(({ clauses }) => clauses),
    ofTable,
  };
}

function clausesOf(live: LiveSchema, table: string): Clauses {
  return live.find({ kind: "table", name: table })?.clauses ?? {};
}

function edgeForm(type = "NORMAL"): EdgeForm {
  if (/^relation\b/i.test(type)) return "all";
  return /^any\b/i.test(type) ? "some" : "none";
}

function isSame(one: ObjectReference, other: ObjectReference): boolean {
  return one.kind === other.kind && one.table === other.table && one.name === other.name;
}
