import type { Info } from "./info.ts";

/** A table as the queries below answer it. `lost` is set when the info lost a field on its way. */
export type TableRow = readonly [name: string, info: Info, lost: unknown];

/** INFO as pairs of kind and definitions, which are pairs of name and text. */
export type InfoPairs = readonly (readonly [
  kind: string,
  definitions: Iterable<readonly [string, unknown]>,
])[];

const tableRow = `|$name| {
  LET $info = (INFO FOR TABLE $name);
  RETURN [$name, $info, $info.fields.\`__proto__\`];
}`;

/**
 * The client drops what is called `__proto__` from the objects that it receives. Pairs pass whole, but they
 * take twice as long: so everything is asked as objects, with a sign where it must be asked again as pairs.
 */
const pairs = (info: string): string =>
  `object::entries(${info}).map(|$kind| [
    $kind[0], IF type::is_object($kind[1]) { object::entries($kind[1]) } ELSE { [$kind] }
  ])`;

/** The rows of the migration history: selecting from a table that is not there would be an error. */
const applied = `IF $db.tables._migration_history {
  (SELECT count() FROM _migration_history GROUP ALL)[0].count ?? 0
} ELSE { 0 }`;

/** All in one round trip: `{ db: Info, lost, applied, tables: TableRow[] }`, without the tables of `$without`. */
export const databaseWithTables: string = `{
  LET $db = (INFO FOR DB);
  RETURN {
    db: $db,
    lost: string::contains(<string> $db, '__proto__'),
    applied: ${applied},
    tables: array::complement(object::keys($db.tables), $without).map(${tableRow})
  };
}`;

/** The database alone, with nothing lost: `InfoPairs`. */
export const wholeDatabase: string = `{ LET $db = (INFO FOR DB); RETURN ${pairs("$db")}; }`;

/** The tables of `$names`: `TableRow[]`. */
export const someTables: string = `{ RETURN $names.map(${tableRow}); }`;

/** The table of `$name`, with nothing lost: `InfoPairs`. */
export const wholeTable: string = `{ LET $info = (INFO FOR TABLE $name); RETURN ${pairs("$info")}; }`;

/** Puts pairs together. `Object.fromEntries` takes `__proto__` for a name like any other. */
export function infoOf(answer: InfoPairs): Info {
  return Object.fromEntries(
    answer.map(([kind, definitions]) => [kind, Object.fromEntries(definitions)]),
  );
}
