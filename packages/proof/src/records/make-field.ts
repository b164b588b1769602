import { quoteIdentifier, type TypeTree } from "@surql/surrealql";
import { hintsOf, type Hints } from "./assert-hints.ts";
import type { FieldNode } from "./field-tree.ts";
import { makeGeometry, makeScalar } from "./make-value.ts";
import { below, randomFor, type Random } from "./random.ts";

/** What the values of one record are made with. */
export interface Making {
  readonly seed: number;
  readonly table: string;
  /** Position of the record among those of its table, from 0. */
  readonly record: number;
  /** Whether it is an edge, whose ends are chosen apart. */
  readonly isEdge: boolean;
  /** By field, how many values of it were refused. */
  readonly refused: ReadonlyMap<string, number>;
  /** A record of one of some tables, or of any; `undefined` where there is none. */
  readonly link: (tables: readonly string[], position: number) => string | undefined;
  /** Definitions of the parameters. */
  readonly params: Readonly<Record<string, string>>;
}

/** How often another value is tried for a field. */
const patience = 40;

const noHints: Hints = { values: [], others: [], lengths: [] };

/**
 * Makes a value for a field, other than those that were refused. Pure.
 *
 * @param position Tells the values of one record apart, and those of one field between records.
 * @returns SurrealQL; `undefined` when there is nothing left to try.
 */
function makeField(node: FieldNode, making: Making, position: number): string | undefined {
  const attempt = making.refused.get(node.path) ?? 0;
  if (attempt > patience) return undefined;
  const hints = node.assert === undefined ? noHints : hintsOf(node.assert, making.params, position);
  const fit = (value: string): boolean => mayBe(value, node.types);
  const best = hints.values.filter(fit);
  const likely = [...new Set([...best, ...hints.others.filter(fit)])];
  // Behind them in turn with others: what was refused may have been refused for another field.
  if (likely.length > 0 && (attempt < likely.length || attempt % 2 === 0)) {
    // The elements of a list get the same one: all of them have to fit at once.
    const some = attempt < best.length ? best : likely;
    return some[(attempt + making.record) % some.length];
  }
  const late = Math.max(0, attempt - likely.length);
  const random = randomFor(making.seed, making.table, node.path, position, late);
  const type = chooseType(node.types, making.record, late);
  return makeTyped(type, { node, making, position, random, hints, late });
}

const numbers = new Set(["int", "float", "decimal", "number"]);

/** Whether a suggested value can be of a type; a length that a text or a list must have is neither. */
function mayBe(value: string, types: readonly TypeTree[]): boolean {
  const values = types.filter((type) => !isNone(type));
  if (values.length > 0 && values.every(({ kind }) => kind === "list")) return false;
  const names = types.flatMap((type) =>
    type.kind === "named" && !isNone(type) ? [type.name] : ["any"],
  );
  if (names.every((name) => name === "string")) return /^[a-z]?['"]/.test(value);
  return !names.every((name) => numbers.has(name)) || /^-?\d/.test(value);
}

interface Place {
  readonly node: FieldNode;
  readonly making: Making;
  readonly position: number;
  readonly random: Random;
  readonly hints: Hints;
  /** Which try it is. */
  readonly late: number;
}

/** The first record has everything, the second nothing that it may lack, the others one after the other. */
function chooseType(types: readonly TypeTree[], record: number, late: number): TypeTree {
  const values = types.filter((type) => !isNone(type));
  const nones = types.filter(isNone);
  const order = record % 3 === 1 ? [...nones, ...values] : [...values, ...nones];
  const shift = record % 3 === 1 ? late : late + Math.floor(record / 2);
  return order[shift % order.length] ?? { kind: "named", name: "any", words: [] };
}

function isNone(type: TypeTree): boolean {
  return type.kind === "named" && (type.name === "none" || type.name === "null");
}

function makeTyped(type: TypeTree, place: Place): string | undefined {
  const { node, making, position, random } = place;
  switch (type.kind) {
    case "literal":
      return type.text;
    case "tuple":
      return `[${type.items.map((item, at) => makeInner(item, place, at) ?? "NONE").join(", ")}]`;
    case "fields": {
      const fields = type.fields.map(
        ([name, types], at) => `${quoteIdentifier(name)}: ${makeInner(types, place, at) ?? "NONE"}`,
      );
      return `{ ${fields.join(", ")} }`;
    }
    case "list":
      return makeList(type, place);
    case "named":
      break;
  }
  if (type.name === "record") return making.link(type.words, position);
  if (type.name === "geometry") return makeGeometry(type.words, position);
  if (node.inner.size > 0 && (type.name === "object" || type.name === "any")) {
    return makeObject(node, making, position);
  }
  if (type.name === "object" && !node.isOpen) return "{}";
  return makeString(type.name, place) ?? makeScalar(type.name, random, position);
}

/** A text as long as a condition may want it. */
function makeString(name: string, { hints, late, position }: Place): string | undefined {
  const length = hints.lengths[late % (hints.lengths.length + 1)];
  if (name !== "string" || length === undefined) return undefined;
  return `'${`${position % 10}abcdefghi`.repeat(20).slice(0, length)}'`;
}

function makeInner(types: readonly TypeTree[], place: Place, at: number): string | undefined {
  const type = chooseType(types, 0, below(place.random, types.length));
  const node = { ...place.node, inner: new Map<string, FieldNode>() };
  return makeTyped(type, { ...place, node, position: place.position * 10 + at });
}

function makeList(
  { name, element, length }: Extract<TypeTree, { kind: "list" }>,
  place: Place,
): string {
  const { node, making, position, hints, late } = place;
  const count = length ?? hints.lengths[late % (hints.lengths.length + 1)] ?? (position % 2) + 1;
  const defined = node.inner.get("*");
  // The engine dies of a set in a union whose elements do not fit it (3.0.2), and defines the elements of all alternatives as one.
  const inner = defined && { ...defined, types: isAny(element) ? defined.types : element };
  const items = Array.from({ length: count }, (_, at) =>
    inner === undefined
      ? makeInner(element, place, at)
      : makeField(inner, making, position * 10 + at),
  );
  const text = `[${items.map((item) => item ?? "NONE").join(", ")}]`;
  return name === "set" ? `<set>${text}` : text;
}

function isAny([type]: readonly TypeTree[]): boolean {
  return type?.kind === "named" && (type.name === "any" || type.name === "object");
}

/** An object of the fields that are defined in another, and of one that is not where that may be. */
export function makeObject(node: FieldNode, making: Making, position: number): string | undefined {
  const fields: string[] = [];
  const given = making.isEdge ? ["id", "in", "out"] : ["id"];
  for (const [name, inner] of node.inner) {
    if (name === "*" || (node.path === "" && given.includes(name))) continue;
    if (inner.isImplied === true && !node.isOpen && making.refused.has(inner.path)) continue;
    const value = makeField(inner, making, position);
    if (value === undefined) return undefined;
    fields.push(`${quoteIdentifier(name)}: ${value}`);
  }
  // What has no name of its own may have to fit `address.*`.
  if (node.isOpen && !node.inner.has("*")) {
    const random = randomFor(making.seed, making.table, node.path, "extra", position);
    fields.push(`\`extra field\`: ${makeScalar("any", random, position) ?? "1"}`);
  }
  return `{ ${fields.join(", ")} }`;
}
