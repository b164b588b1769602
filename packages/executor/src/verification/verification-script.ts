import type { BoundScript } from "@surql/connection";
import { wholeSchema, wholeSchemaBindings, type SchemaSeal } from "@surql/snapshot";
import { separator, type Expectation } from "./expectation.ts";

/** What a transaction throws, in the database, when the schema is not the one that was sealed. */
export const sealBroken = "surql: the schema has changed";
/** What it throws when the schema afterwards is not the one that was planned; addresses and definitions follow. */
export const notAsPlanned = "surql: the schema is not as planned";
/** Stands before each address that follows. */
export const rowMark = "\u001E";

/**
 * Remembers the schema before the statements, which has to be the sealed one where there is a seal. Pure.
 *
 * @param goneTables Tables that the statements take away, of which nothing need be remembered.
 */
export function openVerification(
  unreadable: readonly string[],
  seal: SchemaSeal | undefined,
  goneTables: readonly string[] = [],
): BoundScript {
  const check = `IF crypto::sha256(<string> $schema) != $__surql_seal { THROW "${sealBroken}" };`;
  // Each look at a part of it copies the whole, so that what is not needed later is dropped at once.
  const text = `LET $__surql_before = [${wholeSchema}].map(|$schema| {
  ${seal === undefined ? "" : check}
  RETURN {
    objects: $schema.objects,
    definitions: object::remove($schema.definitions, $__surql_gone_tables),
    tables: object::remove($schema.tables, $__surql_gone_tables)
  };
})[0]`;
  return {
    script: [{ text, origin: { verification: "before" } }],
    bindings: {
      ...wholeSchemaBindings(unreadable),
      __surql_gone_tables: goneTables,
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
function closeVerification(
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
      __surql_tables: isLast && isOnly ? (expected.tables?.members ?? null) : null,
      __surql_table_definitions: expected.tables?.definitions ?? null,
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

/** How a transaction ends that is verified. */
export interface VerifiedEnd {
  /** Empty where nothing is known of what it should have made. */
  readonly closing: readonly BoundScript[];
  /** Tables of which nothing need be remembered from before. */
  readonly goneTables: readonly string[];
}

/**
 * Says how a transaction is verified: by what is known of it, or by what is known of the plan as a whole. Pure.
 *
 * @param known What has to be so behind it.
 * @param whole What has to be so when the plan is through. In several transactions, what goes may be there in between.
 */
export function verifiedEnd(
  known: Expectation | undefined,
  whole: Expectation | undefined,
  moment: { readonly isLast: boolean; readonly isOnly: boolean },
): VerifiedEnd {
  if (known !== undefined) {
    const closing = closeVerification(known, { isLast: true, isOnly: true });
    return { closing: [closing], goneTables: known.goneTables };
  }
  if (whole === undefined) return { closing: [], goneTables: [] };
  const goneTables = moment.isOnly ? whole.goneTables : [];
  return { closing: [closeVerification(whole, moment)], goneTables };
}

/** `[address, definition]` of all in a list of `[table, { kind: { name: definition } }]`. */
function rowsOf(tables: string): string {
  return (
    `array::flatten(${tables}.map(|$table| array::flatten(object::entries($table[1]).map(|$kind| ` +
    "object::entries($kind[1]).map(|$one| [array::join([$table[0], $kind[0], $one[0]], $__surql_separator), $one[1]])))))"
  );
}

/** All addresses of the tables that are looked into, and of what belongs to the database itself. */
function definitionsOf(schema: string, aside: string): string {
  const own = rowsOf(`[["", ${schema}.objects]]`);
  const tables = rowsOf(`object::entries(object::remove(${schema}.tables, ${aside}))`);
  const definitions =
    `object::entries(object::remove(${schema}.definitions, ${aside}))` +
    `.map(|$one| [array::join([$one[0], "definition", "self"], $__surql_separator), $one[1]])`;
  return `object::from_entries(array::concat(${tables}, ${definitions}, ${own}))`;
}

/** The same where the tables are in all as they were expected. */
function ownDefinitionsOf(schema: string): string {
  return `object::from_entries(${rowsOf(`[["", ${schema}.objects]]`)})`;
}

/**
 * A closure copies all that it looks at, so whole objects are compared, and each object by itself only where the tables are
 * not in all as they were expected. Of a table that goes nothing is looked at but that it is gone.
 */
const comparison = `{
  LET $apart = array::concat($__surql_touched_tables, $__surql_unknown);
  LET $tables_before = object::remove($__surql_before.tables, $apart);
  LET $tables_after = object::remove($__surql_after.tables, $apart);
  LET $named_before = object::remove($__surql_before.definitions, $apart);
  LET $named_after = object::remove($__surql_after.definitions, $apart);
  LET $odd = IF !$__surql_closed OR ($named_after = $named_before AND $tables_after = $tables_before) { [] } ELSE {
    array::distinct(array::concat(object::keys($named_before), object::keys($named_after)))
      .filter(|$name| $named_before[$name] != $named_after[$name] OR $tables_before[$name] != $tables_after[$name])
  };
  LET $aside = array::concat($__surql_unknown, object::keys(object::remove($named_before, $odd)), object::keys(object::remove($named_after, $odd)));
  LET $is_expected = object::remove($__surql_after.definitions, $aside) = $__surql_table_definitions
    AND object::remove($__surql_after.tables, $aside) = $__surql_tables;
  LET $was = IF $is_expected { ${ownDefinitionsOf("$__surql_before")} } ELSE { ${definitionsOf("$__surql_before", "$aside")} };
  LET $is = IF $is_expected { ${ownDefinitionsOf("$__surql_after")} } ELSE { ${definitionsOf("$__surql_after", "$aside")} };
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
