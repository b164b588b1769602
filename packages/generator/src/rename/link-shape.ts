import { fieldParts, type Definitions } from "@surql/snapshot";
import { clausesOf, readType, unquoteIdentifier } from "@surql/surrealql";
import type { TypeTree } from "@surql/surrealql";

/** Where in a value there may be links to certain tables. */
export interface LinkShape {
  /** Whether it may be a link itself. */
  readonly isLink: boolean;
  /** Whether it may hold links that no type tells of. */
  readonly isOpen: boolean;
  /** What it may be where `element` stands for what is in it. */
  readonly holders: ReadonlySet<"array" | "set" | "object">;
  readonly element?: LinkShape | undefined;
  /** Of an object, by name. */
  readonly fields: ReadonlyMap<string, LinkShape>;
}

const nothing: LinkShape = {
  isLink: false,
  isOpen: false,
  holders: new Set(),
  fields: new Map(),
};

/**
 * Reads from the types of a table's fields where links to certain tables may be, by the name of each outermost field. Pure.
 *
 * @param isFree Whether objects may hold what is not defined.
 */
export function linkShapes(
  fields: Definitions,
  tables: ReadonlySet<string>,
  isFree: boolean,
): ReadonlyMap<string, LinkShape> {
  let root = nothing;
  for (const [path, text] of Object.entries(fields)) {
    const { TYPE = "any", COMPUTED, FLEXIBLE } = clausesOf(text);
    if (COMPUTED !== undefined) continue;
    const shape = shapeOfTypes(readType(TYPE), tables, isFree || FLEXIBLE !== undefined);
    root = join(root, within(fieldParts(path), shape));
  }
  return root.fields;
}

/** Where both tell of links. */
export function meet(one: LinkShape, other: LinkShape | undefined): LinkShape {
  if (other === undefined) return nothing;
  if (other.isOpen) return one;
  const fields = [...one.fields].map(
    ([name, shape]) => [name, meet(shape, other.fields.get(name) ?? other.element)] as const,
  );
  const element = one.element && meet(one.element, other.element);
  return { ...one, isLink: one.isLink && other.isLink, element, fields: new Map(fields) };
}

/** How many places of it may hold a link. */
export function countLinks(shape: LinkShape | undefined): number {
  if (shape === undefined) return 0;
  const inner = [...shape.fields.values(), shape.element].map(countLinks);
  return Number(shape.isLink) + inner.reduce((sum, one) => sum + one, 0);
}

/** Whether it, or something in it, may hold links that no type tells of. */
export function isOpenSomewhere({ isOpen, element, fields }: LinkShape): boolean {
  return isOpen || [...fields.values(), ...(element ? [element] : [])].some(isOpenSomewhere);
}

function within([part, ...rest]: readonly string[], shape: LinkShape): LinkShape {
  if (part === undefined) return shape;
  const inner = within(rest, shape);
  if (part === "*") return { ...nothing, element: inner };
  return { ...nothing, fields: new Map([[unquoteIdentifier(part), inner]]) };
}

function shapeOfTypes(
  types: readonly TypeTree[],
  tables: ReadonlySet<string>,
  isFree: boolean,
): LinkShape {
  return types.map((type) => shapeOf(type, tables, isFree)).reduce(join, nothing);
}

function shapeOf(type: TypeTree, tables: ReadonlySet<string>, isFree: boolean): LinkShape {
  const of = (types: readonly TypeTree[]): LinkShape => shapeOfTypes(types, tables, isFree);
  switch (type.kind) {
    case "literal":
      return nothing;
    case "list":
      return { ...nothing, holders: new Set([type.name]), element: of(type.element) };
    case "tuple":
      return {
        ...nothing,
        holders: new Set(["array"]),
        element: type.items.map(of).reduce(join, nothing),
      };
    case "fields":
      return { ...nothing, fields: new Map(type.fields.map(([name, inner]) => [name, of(inner)])) };
    case "named":
      return shapeOfNamed(type, tables, isFree);
    default:
      return type satisfies never;
  }
}

function shapeOfNamed(
  { name, words }: Extract<TypeTree, { kind: "named" }>,
  tables: ReadonlySet<string>,
  isFree: boolean,
): LinkShape {
  const isObject = name === "object";
  return {
    ...nothing,
    isLink: name === "record" && (words.length === 0 || words.some((one) => tables.has(one))),
    isOpen: name === "any" || (isObject && isFree),
    holders: new Set(isObject ? ["object"] : []),
  };
}

function join(one: LinkShape, other: LinkShape): LinkShape {
  const fields = new Map(one.fields);
  for (const [name, shape] of other.fields) {
    const known = fields.get(name);
    fields.set(name, known === undefined ? shape : join(known, shape));
  }
  const element =
    one.element && other.element
      ? join(one.element, other.element)
      : (one.element ?? other.element);
  return {
    isLink: one.isLink || other.isLink,
    isOpen: one.isOpen || other.isOpen,
    holders: new Set([...one.holders, ...other.holders]),
    element,
    fields,
  };
}
