import fc from "fast-check";
import { fieldNames, tableNames } from "./names.ts";
import { fieldTypes } from "./field-types.ts";
import { otherDefinition } from "./other-definition.ts";
import { randomDefinition, relationDefinition } from "./random-definition.ts";
import type { Mode } from "./random-definition.ts";

const plain = fc.constant<Mode>("");
const tables = fc.constantFrom(...tableNames);

/** A field whose rows are known to fit. */
interface TypedField {
  readonly table: string;
  readonly field: string;
  readonly definitions: readonly string[];
  readonly values: readonly string[];
}

const typedField: fc.Arbitrary<TypedField> = fc
  .record({
    table: tables,
    field: fc.constantFrom(...fieldNames),
    of: fc.constantFrom(...fieldTypes),
    clause: fc.constantFrom("", "", "", "READONLY", "ASSERT $value != 3", "PERMISSIONS NONE"),
  })
  .map(({ table, field, of, clause }) => ({
    table,
    field,
    definitions: [
      `DEFINE FIELD ${field} ON ${table} TYPE ${of.type} ${clause}`.trimEnd(),
      ...(of.inside ?? []).map((inside) =>
        `DEFINE FIELD OVERWRITE ${field}${inside}`.replace(" TYPE", ` ON ${table} TYPE`),
      ),
    ],
    values: of.values,
  }));

const header = tables.chain((table) =>
  fc
    .constantFrom(
      "",
      "SCHEMAFULL",
      "SCHEMAFULL PERMISSIONS FULL",
      "PERMISSIONS FOR select WHERE a = 1",
    )
    .map((clauses) => `DEFINE TABLE ${table} ${clauses}`.trimEnd()),
);

/** A row that gives every typed field of its table one of the values that fit, and maybe one more field. */
function row(fields: readonly TypedField[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      tables,
      fc.constantFrom("1", "2", "3"),
      fc.nat(11),
      fc.constantFrom("", "", "", "extra = 1", "a = 3", "b = 'loose'", "o = { d: 'loose' }"),
    )
    .map(([table, id, pick, extra]) => {
      const own = new Map(fields.map((one) => [`${one.table}.${one.field}`, one]));
      const sets = [...own.values()]
        .filter((one) => one.table === table)
        .map(({ field, values }) => `${field} = ${values[pick % values.length]}`);
      const all = [...sets, extra].filter(Boolean).join(", ");
      return `CREATE ${table}:${id}${all && ` SET ${all}`}`;
    });
}

/**
 * The statements that make a database: schema and data, in turn, so that some rows are older than
 * the definitions that they do not fit. One that the engine refuses does nothing.
 */
export const randomDatabase: fc.Arbitrary<readonly string[]> = fc
  .array(typedField, { maxLength: 4 })
  .chain((fields) =>
    fc.tuple(
      fc.array(row(fields), { maxLength: 1 }),
      fc.array(header, { maxLength: 2 }),
      fc.array(relationDefinition(plain), { maxLength: 1 }),
      fc.constant(fields.flatMap(({ definitions }) => definitions)),
      fc.array(row(fields), { maxLength: 4 }),
      fc.array(
        fc.constantFrom("RELATE t1:1->likes:1->t2:1", "RELATE t1:1->likes:2->t2:1 SET a = 1"),
        { maxLength: 2 },
      ),
      fc.array(fc.oneof(randomDefinition(plain), otherDefinition(plain)), { maxLength: 3 }),
    ),
  )
  .map((parts) => parts.flat());
