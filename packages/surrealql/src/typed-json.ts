/**
 * A SurrealDB value as JSON, with its type. Null, booleans, texts, arrays, objects, integers that a JSON number holds and
 * numbers with a fraction stand for themselves; every other type is an object with one key:
 *
 * `{ "$none": true }`, `{ "$int": "9223372036854775807" }`, `{ "$float": "1" }` (also `NaN`, `Infinity`), `{ "$decimal": "1.5" }`,
 * `{ "$datetime": "…" }`, `{ "$duration": "1h5ns" }`, `{ "$uuid": "…" }`, `{ "$bytes": "00FF" }`, `{ "$regex": "a+" }`,
 * `{ "$file": "bucket:/path" }`, `{ "$set": […] }`, `{ "$record": { "table", "key" } }`,
 * `{ "$range": { "from"?, "after"?, "to"?, "upTo"? } }` (without and with the value itself at either end), and `{ "$object": {…} }` around an
 * object with a key that begins with `$`. Geometries are GeoJSON.
 */
export type TypedJson =
  | null
  | boolean
  | number
  | string
  | readonly TypedJson[]
  | { readonly [key: string]: TypedJson };

/** Where a range begins and ends; an end that is missing is open. */
export interface RangeJson {
  /** The first value of it. */
  readonly from?: TypedJson;
  /** The value that it begins behind. */
  readonly after?: TypedJson;
  /** The value that it ends before. */
  readonly to?: TypedJson;
  /** The last value of it. */
  readonly upTo?: TypedJson;
}
