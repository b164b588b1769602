import type { Database } from "@surql/connection";
import { isSurqlError, serverReason, type SurqlError } from "@surql/errors";
import type { Schema } from "@surql/snapshot";
import type { UnfilledTable } from "../proof.ts";
import { draftRecords, writerFor, type Draft } from "./draft-records.ts";
import type { FieldNode } from "./field-tree.ts";
import type { Sample } from "./open-sample.ts";

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

/** How often the records that were refused are tried with other values. */
const rounds = 60;

/** The statements that make all records, as long as none is refused; `undefined` where one cannot be made. Pure. */
export function fillStatements(
  schema: Schema,
  options: FillOptions,
): (Filling & { readonly statements: readonly string[] }) | undefined {
  const { vertices, edges, endless } = draftRecords(schema, options);
  const drafts = [...vertices, ...edges];
  const statements = drafts.map(writerFor(schema, drafts, options));
  if (!statements.every((one) => one !== undefined)) return undefined;
  return { statements, records: statements.length, unfilled: endless.map(endlessTable) };
}

/**
 * Makes records that fit a schema. The engine is the judge: what it refuses is tried with other values of the field
 * that it names, until it takes it or there is nothing left to try.
 */
export async function fillTables(
  scratch: Database,
  schema: Schema,
  options: FillOptions,
): Promise<Filling> {
  const { vertices, edges, endless } = draftRecords(schema, options);
  const made = new Set<Draft>();
  const write = async (some: readonly Draft[], there: readonly Draft[]): Promise<void> => {
    const writeDraft = writerFor(schema, there, options);
    let left = some;
    for (let round = 0; round < rounds && left.length > 0; round += 1) {
      const tries = left.flatMap((draft) => {
        const text = writeDraft(draft);
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
  await write(vertices, [...vertices, ...edges]);
  await write(edges, [...made, ...edges]);
  const filled = new Set([...made].map(({ table }) => table));
  const reasons = new Map([...vertices, ...edges].map(({ table, reason }) => [table, reason]));
  return {
    records: made.size,
    unfilled: [
      ...endless.map(endlessTable),
      ...[...reasons].flatMap(([table, reason = "There is nothing that it could join."]) =>
        filled.has(table) ? [] : [{ table, reason }],
      ),
    ],
  };
}

function endlessTable(table: string): UnfilledTable {
  return { table, reason: "Its fields call what may never end." };
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
