import type { Database } from "@surql/connection";
import { isSurqlError, serverReason, type SurqlError } from "@surql/errors";
import {
  readLiveSchema,
  relationEnds,
  storedEffects,
  type LiveDefinition,
} from "@surql/safety-analyzer";
import { isView, tablesOf, type Schema, type TableSnapshot } from "@surql/snapshot";
import { clausesOf, quoteIdentifier } from "@surql/surrealql";
import type { UnfilledTable } from "../proof.ts";
import { fieldTree, type FieldNode } from "./field-tree.ts";
import { makeObject, type Making } from "./make-field.ts";
import type { Sample } from "./open-sample.ts";
import { recordKey } from "./record-key.ts";

/** How records are made. */
export interface FillOptions {
  /** The same seed makes the same records. */
  readonly seed: number;
  /** How many of each table. */
  readonly records: number;
  /** Records to use instead, as far as there are some. */
  readonly sample?: Sample | undefined;
}

/** What came of it. */
export interface Filling {
  readonly records: number;
  readonly unfilled: readonly UnfilledTable[];
}

/** A record that is to be made. */
interface Draft {
  readonly table: string;
  readonly root: FieldNode;
  readonly ends: ReturnType<typeof relationEnds>;
  readonly record: number;
  readonly id: string;
  readonly refused: Map<string, number>;
  reason?: string;
}

/** How often the records that were refused are tried with other values. */
const rounds = 60;

/**
 * Makes records that fit a schema. The engine is the judge: what it refuses is tried with other values of the field
 * that it names, until it takes it or there is nothing left to try.
 */
export async function fillTables(
  scratch: Database,
  schema: Schema,
  options: FillOptions,
): Promise<Filling> {
  const endless = endlessTables(schema);
  const drafts = draftRecords(schema, endless, options);
  let there = drafts;
  const idsOf = (tables: readonly string[]): readonly string[] =>
    there.flatMap(({ table, id, ends }) =>
      tables.length === 0 ? (ends === undefined ? [id] : []) : tables.includes(table) ? [id] : [],
    );
  const link = (tables: readonly string[], position: number): string | undefined => {
    const ids = idsOf(tables);
    const [first] = tables;
    if (ids.length > 0) return ids[position % ids.length];
    return first === undefined ? undefined : `${quoteIdentifier(first)}:${position + 1}`;
  };
  const params = schema.objects["params"] ?? {};
  const made = new Set<Draft>();
  const write = async (some: readonly Draft[]): Promise<void> => {
    let left = some;
    for (let round = 0; round < rounds && left.length > 0; round += 1) {
      const tries = left.flatMap((draft) => {
        const text = statementFor(draft, {
          ...options,
          ...draft,
          isEdge: draft.ends !== undefined,
          link,
          params,
        });
        return text === undefined ? [] : [{ draft, text }];
      });
      const errors = await tryEach(
        scratch,
        tries.map(({ text }) => text),
      );
      left = tries.flatMap(({ draft }, at) => {
        const error = errors[at];
        if (error === undefined) made.add(draft);
        else refuse(draft, serverReason(error));
        return error === undefined ? [] : [draft];
      });
    }
  };
  // An edge can only be where there is something to join.
  await write(drafts.filter(({ ends }) => ends === undefined));
  there = drafts.filter((draft) => made.has(draft) || draft.ends !== undefined);
  await write(drafts.filter(({ ends }) => ends !== undefined));
  const filled = new Set([...made].map(({ table }) => table));
  const reasons = new Map(drafts.map(({ table, reason }) => [table, reason]));
  return {
    records: made.size,
    unfilled: [
      ...[...endless].map((table) => ({ table, reason: "Its fields call what may never end." })),
      ...[...reasons].flatMap(([table, reason = "There is nothing that it could join."]) =>
        filled.has(table) ? [] : [{ table, reason }],
      ),
    ],
  };
}

function draftRecords(
  schema: Schema,
  endless: ReadonlySet<string>,
  { seed, records }: FillOptions,
): readonly Draft[] {
  const tables = [...tablesOf(schema)];
  return tables.flatMap(([table, snapshot]) => {
    const clauses = clausesOf(snapshot.definition);
    if (!takesRecords(snapshot, clauses) || endless.has(table)) return [];
    const root = fieldTree(snapshot.fields, clauses["SCHEMAFULL"] === undefined);
    const ends = relationEnds(clauses["TYPE"]);
    return Array.from({ length: records }, (_, record): Draft => {
      const key = recordKey(root.inner.get("id"), seed, table, record);
      const id = `${quoteIdentifier(table)}:${key}`;
      return { table, root, ends, record, id, refused: new Map() };
    });
  });
}

/** Only a function of the database, and a closure that is handed on, can call itself. */
const mayCallItself = /\bfn\b|\$\w+\s*\(|\|\s*[$|]/i;

/** Tables whose fields run what may never end when a record is written, which would end this process with the engine. */
function endlessTables(schema: Schema): ReadonlySet<string> {
  const live = readLiveSchema(schema);
  const tables = [...tablesOf(schema)].flatMap(([name, { fields }]) =>
    Object.values(fields).some((text) => mayCallItself.test(text)) ? [name] : [],
  );
  const isEndless = ({ object }: LiveDefinition): boolean =>
    storedEffects(object, (one) => live.find(one)?.clauses).endless.length > 0;
  return new Set(tables.filter((table) => live.ofTable(table, "field").some(isEndless)));
}

function takesRecords(table: TableSnapshot, clauses: Readonly<Record<string, string>>): boolean {
  return (
    !isView(table.definition) && clauses["DROP"] === undefined && table.unreadable === undefined
  );
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

/** One text that does not parse keeps all of a batch from running. */
async function tryEach(
  scratch: Database,
  texts: readonly string[],
): Promise<readonly (SurqlError | undefined)[]> {
  if (texts.length === 0) return [];
  try {
    return await scratch.transactEach(texts.map((text) => [{ text }]));
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    if (texts.length === 1) return [error];
  }
  const errors: (SurqlError | undefined)[] = [];
  for (const text of texts) errors.push(...(await tryEach(scratch, [text])));
  return errors;
}

/** Takes another value next time: of the field that the engine names, or of all. */
function refuse(draft: Draft, reason: string): void {
  draft.reason = reason;
  const { refused, root } = draft;
  const named = /^Found field '(.+?)', but|field `(.+?)`(?: of `|, with record|$)/su
    .exec(reason)
    ?.slice(1)
    .find((name) => name !== undefined)
    ?.replaceAll(/\[(?:\*|\d+)\]/g, ".*");
  const all = pathsIn(root);
  const paths =
    named === undefined
      ? all
      : all.filter((path) => path === named || path.startsWith(`${named}.`));
  for (const path of paths.length > 0 ? paths : all)
    refused.set(path, (refused.get(path) ?? 0) + 1);
}

function pathsIn(node: FieldNode): readonly string[] {
  return [...node.inner.values()].flatMap((inner) => [inner.path, ...pathsIn(inner)]);
}
