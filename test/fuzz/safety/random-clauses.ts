import fc from "fast-check";
import { fieldTypes } from "./field-types.ts";
import type { FieldType } from "./field-types.ts";
import { tableName } from "./names.ts";

/** What can stand behind `DEFINE TABLE t`. */
export const tableClauses: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "SCHEMAFULL", "SCHEMALESS", "TYPE NORMAL", "TYPE ANY", "DROP"),
    fc.constantFrom("", "COMMENT 'DROP'"),
    fc.constantFrom(
      "",
      "",
      "PERMISSIONS NONE",
      "PERMISSIONS FULL",
      "PERMISSIONS FOR select FULL, FOR update WHERE a = 1",
      "PERMISSIONS FOR select, update FULL FOR create NONE",
    ),
  )
  .map((clauses) => clauses.filter(Boolean).join(" "));

/** What can stand behind `TYPE …`. The default fits the type, most of the time. */
function valueClauses({ values }: FieldType): fc.Arbitrary<string> {
  const first = values[0] ?? "NONE";
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant("") },
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        `DEFAULT ${first}`,
        `DEFAULT ALWAYS ${first}`,
        "READONLY",
        "VALUE $value",
        `VALUE $value ?? ${first}`,
        "ASSERT $value != 3",
        "ASSERT $value = NONE OR $value != 1",
        "PERMISSIONS NONE",
        "PERMISSIONS FOR select FULL, FOR update NONE",
        "COMMENT 'READONLY'",
        `DEFAULT ${first} READONLY ASSERT true`,
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "DEFAULT ALWAYS 'misfit'",
        "DEFAULT ALWAYS NONE",
        "DEFAULT NONE",
        "VALUE { DELETE t2; $value }",
        "DEFAULT { DELETE t2; 1 }",
        "ASSERT { DELETE t2; true }",
      ),
    },
  );
}

/** What can stand behind `DEFINE FIELD f ON t`. */
export const fieldClauses: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .constantFrom(...fieldTypes)
      .chain((type) =>
        valueClauses(type).map((clauses) => `TYPE ${type.type} ${clauses}`.trimEnd()),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("", "COMPUTED 4", "COMPUTED a", "TYPE object FLEXIBLE", "READONLY"),
  },
);

/** What an event or a function does. */
export const action: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("RETURN 1", "LET $x = 1", "CREATE log", "THROW 'no'"),
  tableName.map((table) => `DELETE ${table}`),
  tableName.map((table) => `UPDATE ${table} SET a = 7`),
  fc.constant("fn::helper()"),
);
