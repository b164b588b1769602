import { clausesOf, quoteIdentifier, unquoteIdentifier } from "@surql/surrealql";
import { fieldParts, objectPath, type Definitions, type Schema } from "@surql/snapshot";
import { countLinks, isOpenSomewhere, linkShapes, meet, type LinkShape } from "./link-shape.ts";
import { planEdges, type EdgeMoves } from "./plan-edges.ts";
import type { Rename } from "./rename.ts";
import { isWithin } from "./table-in.ts";
import { isRelation, pairTables, type TablePair } from "./table-pairs.ts";

/** A field whose links are led to the new names of tables. */
export interface LinkMove {
  /** As it is called at the end, and the field too. */
  readonly table: string;
  readonly field: string;
  readonly shape: LinkShape;
}

/** What still leads to the old name of a table, or may do so. */
export interface NotMoved {
  /** `post.author`, `likes.in`; a table where it may be in any field. */
  readonly path: string;
  /** Continues a sentence that begins with the path. */
  readonly reason: string;
}

/** What becomes of everything that leads to tables which have another name. */
export interface LinkPlan extends EdgeMoves {
  readonly links: readonly LinkMove[];
}

/** Finds by their types all links and ends of edges that lead to tables with another name, and those that cannot be rewritten. Pure. */
export function planLinks(before: Schema, after: Schema, renames: readonly Rename[]): LinkPlan {
  const tables = renames.filter(({ kind }) => kind === "table");
  if (tables.length === 0) return { links: [], edges: [], purged: [], notMoved: [] };
  const pairs = pairTables(before, after, renames);
  const found = pairs.map((pair) => linksOf(pair, tables, renames));
  const refused = found.flatMap((one) => one.refused);
  const { edges, purged, notMoved } = planEdges(pairs, tables, refused.length === 0);
  return {
    links: found.flatMap(({ links }) => links),
    edges,
    purged,
    notMoved: [...notMoved, ...refused, ...found.flatMap(({ unseen }) => unseen)],
  };
}

interface FoundLinks {
  readonly links: readonly LinkMove[];
  /** Links that are there, but that must not lead to the new name. */
  readonly refused: readonly NotMoved[];
  readonly unseen: readonly NotMoved[];
}

function linksOf(
  pair: TablePair,
  tables: readonly Rename[],
  renames: readonly Rename[],
): FoundLinks {
  const { from, to, old, now } = pair;
  const isFree = isSchemaless(old.definition);
  const moved = renames.filter(({ kind, table }) => kind === "field" && table === from);
  const underNewNames = Object.entries(old.fields).map(([name, text]) => [
    moved.reduce((path, one) => renamePath(path, one), name),
    text,
  ]);
  const was = linkShapes(
    fieldsOf(pair, Object.fromEntries(underNewNames)),
    new Set(tables.map((one) => one.from)),
    isFree,
  );
  const is = linkShapes(
    fieldsOf(pair, now.fields),
    new Set(tables.map((one) => one.to)),
    isSchemaless(now.definition),
  );

  const links: LinkMove[] = [];
  const refused: NotMoved[] = [];
  const unseen: NotMoved[] = isFree
    ? [{ path: to, reason: "may hold links to the old name in fields that are not defined" }]
    : [];
  for (const [name, shape] of was) {
    const field =
      Object.keys(now.fields).find((one) => unquoteIdentifier(one) === name) ??
      quoteIdentifier(name);
    const path = objectPath({ kind: "field", table: to, name: field });
    const common = meet(shape, is.get(name));
    if (countLinks(common) > 0) links.push({ table: to, field, shape: common });
    if (is.has(name) && countLinks(common) < countLinks(shape)) {
      const reason = "still leads to the old name: its type does not take the new one";
      refused.push({ path, reason });
    }
    if (!isFree && isOpenSomewhere(shape)) {
      unseen.push({
        path,
        reason: "may hold links to the old name that its type does not tell of",
      });
    }
  }
  return { links, refused, unseen };
}

/** The ends of edges are no fields that can be written. */
function fieldsOf({ old }: TablePair, fields: Definitions): Definitions {
  if (!isRelation(old)) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !/^(?:in|out)$/.test(name)));
}

function isSchemaless(definition: string): boolean {
  return clausesOf(definition)["SCHEMALESS"] !== undefined;
}

/** A path under another name, where it is that of a field or of something within it. */
function renamePath(path: string, { from, to }: Rename): string {
  if (!isWithin(path, from)) return path;
  return [to, ...fieldParts(path).slice(fieldParts(from).length)].join(".");
}
