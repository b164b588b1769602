import { clausesOf, readType } from "@surql/surrealql";
import { objectPath } from "@surql/snapshot";
import { countLinks, linkShapes } from "./link-shape.ts";
import type { NotMoved } from "./plan-links.ts";
import type { Rename } from "./rename.ts";
import { isRelation, type TablePair } from "./table-pairs.ts";

/** A relation whose edges are made anew. */
export interface EdgeMove {
  readonly table: string;
  /** Tables that may hold edges which lead to these, and which would be deleted with them. */
  readonly watched: readonly string[];
}

/** What becomes of edges. */
export interface EdgeMoves {
  readonly edges: readonly EdgeMove[];
  /** Relations that have another name: their old edges are deleted, as else both ends would go on knowing them. */
  readonly purged: readonly EdgeMove[];
  readonly notMoved: readonly NotMoved[];
}

/**
 * Decides which edges are made anew with other ends. Deleting an edge deletes those that lead to it, and acts on what refers to it: where
 * that is so by the types, it stays as it is. Pure.
 *
 * @param isAllLed Whether all links that are known of will lead to the new names.
 */
export function planEdges(
  pairs: readonly TablePair[],
  tables: readonly Rename[],
  isAllLed: boolean,
): EdgeMoves {
  const old = new Set(tables.map(({ from }) => from));
  const now = new Set(tables.map(({ to }) => to));
  const edges: EdgeMove[] = [];
  const notMoved: NotMoved[] = [];
  const watched = mayLeadTo(pairs);
  const relations = pairs.filter((pair) => isRelation(pair.old));
  for (const pair of relations) {
    const ends = endsAt(pair.old.fields, old);
    if (ends.length === 0) continue;
    const taken = isRelation(pair.now) ? endsAt(pair.now.fields, now) : [];
    const isTaken = ends.every((end) => taken.includes(end));
    const why = isTaken ? whyKept(pair, pairs) : "its type does not take the new one";
    if (why !== undefined) {
      notMoved.push(
        ...ends.map((name) => ({
          path: objectPath({ kind: "field", table: pair.to, name }),
          reason: `still leads to the old name: ${why}`,
        })),
      );
    } else if (pair.from === pair.to) {
      edges.push({ table: pair.to, watched });
    }
  }
  const isClear = isAllLed && notMoved.length === 0;
  const renamed = relations.filter(({ from, to }) => from !== to);
  return {
    edges,
    purged: isClear ? renamed.map(({ from }) => ({ table: from, watched })) : [],
    notMoved: isClear ? notMoved : [...notMoved, ...renamed.map(stillKnown)],
  };
}

function stillKnown({ from, to }: TablePair): NotMoved {
  return {
    path: to,
    reason: `is known at the ends of its edges as ${from} too: deleting the old edges would do more, as not all that leads to them does so under the new name`,
  };
}

const endNames = ["in", "out"] as const;

/** The ends of a relation that may be records of certain tables. */
function endsAt(
  fields: Readonly<Record<string, string>>,
  tables: ReadonlySet<string>,
): readonly string[] {
  return endNames.filter((end) => {
    const text = fields[end];
    if (text === undefined) return true;
    return linkShapes({ [end]: text }, tables, false).get(end)?.isLink === true;
  });
}

/** Why the edges of a relation cannot be deleted to be made anew. */
function whyKept({ from, to }: TablePair, pairs: readonly TablePair[]): string | undefined {
  if (from !== to) return undefined;
  const itself = new Set([from]);
  for (const { from: other, old } of pairs) {
    if (isRelation(old) && endNames.some((end) => namesIn(old.fields[end]).includes(from))) {
      return `edges of ${other} lead to records of ${from}, and would be deleted with them`;
    }
    const tied = Object.entries(old.fields).find(
      ([name, text]) =>
        clausesOf(text)["REFERENCE"] !== undefined &&
        [...linkShapes({ [name]: text }, itself, false).values()].some(countLinks),
    );
    if (tied !== undefined) {
      const path = objectPath({ kind: "field", table: other, name: tied[0] });
      return `${path} refers to records of ${from}`;
    }
  }
  return undefined;
}

/** The tables that may hold edges which lead to records of a relation, though no type says so. */
function mayLeadTo(pairs: readonly TablePair[]): readonly string[] {
  return pairs
    .filter(({ old }) =>
      isRelation(old)
        ? endNames.some((end) => namesIn(old.fields[end]).length === 0)
        : clausesOf(old.definition)["TYPE"] === "ANY",
    )
    .map(({ to }) => to);
}

/** The tables that the type of a field names. */
function namesIn(text = ""): readonly string[] {
  const { TYPE = "record" } = clausesOf(text);
  return readType(TYPE).flatMap((type) => (type.kind === "named" ? type.words : []));
}
