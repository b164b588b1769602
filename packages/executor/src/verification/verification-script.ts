import type { BoundScript } from "@surql/connection";
import { wholeSchema, wholeSchemaBindings, type SchemaSeal } from "@surql/snapshot";
import { separator, type Expectation } from "./expectation.ts";

/** What a transaction throws, in the database, when the schema is not the one that was sealed. */
export const sealBroken = "surql: the schema has changed";
/** What it throws when the schema afterwards is not the one that was planned; addresses and definitions follow. */
export const notAsPlanned = "surql: the schema is not as planned";
/** Stands before each address that follows. */
export const rowMark = "\u001E";

/** Remembers the schema before the statements, which has to be the sealed one where there is a seal. Pure. */
export function openVerification(
  unreadable: readonly string[],
  seal: SchemaSeal | undefined,
): BoundScript {
  const check = `IF crypto::sha256(<string> $__surql_before) != $__surql_seal { THROW "${sealBroken}" }`;
  const texts = [`LET $__surql_before = ${wholeSchema}`, ...(seal === undefined ? [] : [check])];
  return {
    script: texts.map((text) => ({ text, origin: { verification: "before" } })),
    bindings: {
      ...wholeSchemaBindings(unreadable),
      ...(seal !== undefined && { __surql_seal: seal.sum }),
    },
  };
}

/**
 * Throws {@link notAsPlanned} in the database unless the schema is as it was before, but for what is expected. Pure.
 *
 * @param isLast Whether the plan is through; otherwise it is not known yet what becomes of what it touches.
 * @param isOnly Whether the transaction holds all of the plan; otherwise objects may be in another state in between.
 */
export function closeVerification(
  expected: Expectation,
  { isLast, isOnly }: { readonly isLast: boolean; readonly isOnly: boolean },
): BoundScript {
  return {
    script: [
      { text: `LET $__surql_after = ${wholeSchema}`, origin: { verification: "after" } },
      { text: comparison, origin: { verification: "after" } },
    ],
    bindings: {
      __surql_unknown: expected.unknownTables,
      __surql_touched_tables: isOnly ? expected.touchedTables : expected.groundTables,
      __surql_touched: expected.touched,
      __surql_exact: isLast ? expected.exact : [],
      __surql_gone: isLast ? expected.gone : [],
      __surql_tables: isLast && isOnly ? expected.tables : null,
      __surql_own_definitions: isLast ? expected.ownDefinitions : {},
      __surql_definitions: isLast ? expected.definitions : {},
      __surql_present: isLast ? expected.present : [],
      __surql_closed: expected.isClosed,
      __surql_closed_within: expected.isClosed && isOnly,
      __surql_separator: separator,
      __surql_mark: rowMark,
    },
  };
}

/** `[address, definition]` of all in a list of `[table, { kind: { name: definition } }]`. */
function rowsOf(tables: string): string {
  return (
    `array::flatten(${tables}.map(|$table| array::flatten(object::entries($table[1]).map(|$kind| ` +
    "object::entries($kind[1]).map(|$one| [array::join([$table[0], $kind[0], $one[0]], $__surql_separator), $one[1]])))))"
  );
}

/** All addresses of the tables that are looked into, and of what belongs to the database itself. */
function definitionsOf(tables: string, schema: string): string {
  const own = rowsOf(`[["", ${schema}.objects]]`);
  return `object::from_entries(array::concat(${rowsOf(`object::entries(${tables})`)}, ${own}))`;
}

/**
 * A closure copies all that it looks at, so whole objects are compared, and each object by itself only where the tables are
 * not in all as they were expected.
 */
const comparison = `{
  LET $apart = array::concat($__surql_touched_tables, $__surql_unknown);
  LET $tables_before = object::remove($__surql_before.tables, $apart);
  LET $tables_after = object::remove($__surql_after.tables, $apart);
  LET $odd = IF !$__surql_closed OR $tables_after = $tables_before { [] } ELSE {
    array::distinct(array::concat(object::keys($tables_before), object::keys($tables_after)))
      .filter(|$name| $tables_before[$name] != $tables_after[$name])
  };
  LET $aside = array::concat($__surql_unknown, object::keys(object::remove($tables_before, $odd)), object::keys(object::remove($tables_after, $odd)));
  LET $looked_after = object::remove($__surql_after.tables, $aside);
  LET $is_expected = $looked_after = $__surql_tables;
  LET $was = ${definitionsOf("IF $is_expected { {} } ELSE { object::remove($__surql_before.tables, $aside) }", "$__surql_before")};
  LET $is = ${definitionsOf("IF $is_expected { {} } ELSE { $looked_after }", "$__surql_after")};
  LET $definitions = IF $is_expected { $__surql_own_definitions } ELSE { $__surql_definitions };
  LET $absent = array::complement($__surql_present, object::keys($is));
  LET $stays = !$__surql_closed_within OR object::remove($was, $__surql_touched) = object::remove($is, $__surql_touched);
  IF $odd != [] OR !$stays OR $absent != [] OR object::extend($is, $definitions) != $is OR object::remove($is, $__surql_gone) != $is {
    LET $addresses = array::distinct(array::flatten([object::keys($was), object::keys($is), object::keys($definitions), $absent]));
    LET $wrong = $addresses.filter(|$one| IF $one IN $__surql_exact { $definitions[$one] != $is[$one] } ELSE {
      IF $one IN $__surql_touched { $one IN $absent } ELSE {
        ($__surql_closed_within OR string::split($one, $__surql_separator)[0] IN $odd) AND $was[$one] != $is[$one]
      }
    });
    THROW string::concat("${notAsPlanned}", array::join($wrong.map(|$one| string::concat($__surql_mark, $one, $__surql_separator, $is[$one] ?? "")), ""));
  };
}`;
