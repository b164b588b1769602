/** An object of the schema, as a snapshot holds it. */
export interface GroundObject {
  /** `user`, `user.bio`, `fn::greet`, `$limit`. */
  readonly path: string;
  readonly kind: string;
  readonly table?: string | undefined;
  readonly name: string;
  /** The canonical definition. */
  readonly text: string;
}

/** Which object of a schema something is about. */
export type SchemaObject = Pick<GroundObject, "kind" | "table" | "name">;

/**
 * A key for an object of a schema, to put it into a map or a set. Tables and edges share their names, and their keys.
 *
 * @example
 * ```ts
 * const known = new Set(findGround(steps, schema).map(objectKey));
 * known.has(objectKey({ kind: "field", table: "user", name: "bio" })); // true
 * ```
 */
export function objectKey({ kind, table, name }: SchemaObject): string {
  return `${kind === "edge" ? "table" : kind}\u001F${table ?? ""}\u001F${name}`;
}
