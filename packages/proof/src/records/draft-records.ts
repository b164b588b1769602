import {
  readLiveSchema,
  relationEnds,
  storedEffects,
  type LiveDefinition,
} from "@surql/safety-analyzer";
import { isView, tablesOf, type Schema, type TableSnapshot } from "@surql/snapshot";
import { clausesOf, quoteIdentifier } from "@surql/surrealql";
import { fieldTree, type FieldNode } from "./field-tree.ts";
import { makeObject, type Making } from "./make-field.ts";
import { recordKey } from "./record-key.ts";

/** A record that is to be made. */
export interface Draft {
  readonly table: string;
  readonly root: FieldNode;
  readonly ends: ReturnType<typeof relationEnds>;
  readonly record: number;
  readonly id: string;
  readonly refused: Map<string, number>;
  reason?: string;
}

/** The records that are to be made of the tables of a schema. */
export interface Drafts {
  readonly vertices: readonly Draft[];
  /** An edge can only be where there is something to join. */
  readonly edges: readonly Draft[];
  /** Tables of which none is made, as their fields call what may never end. */
  readonly endless: readonly string[];
}

/** What makes a record, other than with values that were refused; `undefined` where nothing is left to try. */
export type WriteDraft = (draft: Draft) => string | undefined;

/** Says which records are to be made. */
export function draftRecords(
  schema: Schema,
  { seed, records }: { readonly seed: number; readonly records: number },
): Drafts {
  const endless = endlessTables(schema);
  const drafts = [...tablesOf(schema)].flatMap(([table, snapshot]) => {
    const { root, ends, takes } = shapeOf(snapshot);
    if (!takes || endless.includes(table)) return [];
    return Array.from({ length: records }, (_, record): Draft => {
      const key = recordKey(root.inner.get("id"), seed, table, record);
      const id = `${quoteIdentifier(table)}:${key}`;
      return { table, root, ends, record, id, refused: new Map() };
    });
  });
  return {
    vertices: drafts.filter(({ ends }) => ends === undefined),
    edges: drafts.filter(({ ends }) => ends !== undefined),
    endless,
  };
}

/**
 * Says how records are written that link to some of those that are drafted.
 *
 * @param there Which there are, or will be.
 */
export function writerFor(
  schema: Schema,
  there: readonly Draft[],
  { seed }: { readonly seed: number },
): WriteDraft {
  const known = new Map<string, readonly string[]>();
  const idsOf = (tables: readonly string[]): readonly string[] => {
    const key = JSON.stringify(tables);
    const ids =
      known.get(key) ??
      there.flatMap(({ table, id, ends }) =>
        (tables.length === 0 ? ends === undefined : tables.includes(table)) ? [id] : [],
      );
    known.set(key, ids);
    return ids;
  };
  const link = (tables: readonly string[], position: number): string | undefined => {
    const some = idsOf(tables);
    const [first] = tables;
    if (some.length > 0) return some[position % some.length];
    return first === undefined ? undefined : `${quoteIdentifier(first)}:${position + 1}`;
  };
  const params = schema.objects["params"] ?? {};
  return (draft) =>
    statementFor(draft, { ...draft, seed, isEdge: draft.ends !== undefined, link, params });
}

/** Only a function of the database, and a closure that is handed on, can call itself. */
const mayCallItself = /\bfn\b|\$\w+\s*\(|\|\s*[$|]/i;

/** Tables whose fields run what may never end when a record is written, which would end this process with the engine. */
function endlessTables(schema: Schema): readonly string[] {
  const live = readLiveSchema(schema);
  const tables = [...tablesOf(schema)].flatMap(([name, { fields }]) =>
    Object.values(fields).some((text) => mayCallItself.test(text)) ? [name] : [],
  );
  const isEndless = ({ object }: LiveDefinition): boolean =>
    storedEffects(object, (one) => live.find(one)?.clauses).endless.length > 0;
  return tables.filter((table) => live.ofTable(table, "field").some(isEndless));
}

/** What the records of a table are like. */
interface RecordShape extends Pick<Draft, "root" | "ends"> {
  /** Whether it takes any. */
  readonly takes: boolean;
}

/** The same tables stand before many migrations. */
const shapes = new WeakMap<TableSnapshot, RecordShape>();

function shapeOf(table: TableSnapshot): RecordShape {
  const shape = shapes.get(table) ?? readShape(table);
  shapes.set(table, shape);
  return shape;
}

function readShape({ definition, fields, unreadable }: TableSnapshot): RecordShape {
  const clauses = clausesOf(definition);
  return {
    root: fieldTree(fields, clauses["SCHEMAFULL"] === undefined),
    ends: relationEnds(clauses["TYPE"]),
    takes: !isView(definition) && clauses["DROP"] === undefined && unreadable === undefined,
  };
}

function statementFor(
  { id, root, ends, table, record }: Draft,
  making: Making,
): string | undefined {
  const content = makeObject(root, making, record);
  if (content === undefined) return undefined;
  if (ends === undefined) return `CREATE ${id} CONTENT ${content} RETURN NONE`;
  const from = making.link([...(ends.in ?? [])], record);
  const to = making.link([...(ends.out ?? [])], record + 1);
  if (from === undefined || to === undefined) return undefined;
  const more = content === "{  }" ? "" : `, ${content.slice(2, -2)}`;
  return `INSERT RELATION INTO ${quoteIdentifier(table)} { id: ${id}, in: ${from}, out: ${to}${more} } RETURN NONE`;
}
