import type { Alternatives } from "../field-type.ts";

/** What tells, of a value, that it is of a type. `$value` stands for the path of the field. */
const conditions: Readonly<Record<string, string>> = {
  none: "$value IS NONE",
  null: "$value IS NULL",
  array: "type::is_array($value)",
  bool: "type::is_bool($value)",
  bytes: "type::is_bytes($value)",
  datetime: "type::is_datetime($value)",
  decimal: "type::is_decimal($value)",
  duration: "type::is_duration($value)",
  float: "type::is_float($value)",
  int: "type::is_int($value)",
  number: "type::is_number($value)",
  object: "type::is_object($value)",
  string: "type::is_string($value)",
  uuid: "type::is_uuid($value)",
};

/** A condition of a query that holds where the field fits a type; `undefined` when a query cannot tell. */
export function fitsType(path: string, types: Alternatives): string | undefined {
  const tests = [...types].map((type) => conditions[type]?.replace("$value", () => path));
  return tests.includes(undefined) ? undefined : tests.join(" OR ");
}
