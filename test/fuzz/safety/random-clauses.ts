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
      "PERMISSIONS FOR select WHERE fn::ok(a)",
    ),
  )
  .map((clauses) => clauses.filter(Boolean).join(" "));

/** What can stand behind `TYPE …`. The default fits the type, most of the time. */
function valueClauses({ values }: FieldType): fc.Arbitrary<string> {
  const first = values[0] ?? "NONE";
  const defaults = fc.constantFrom(`DEFAULT ${first}`, `DEFAULT ALWAYS ${first}`);
  const readonly = fc.constant("READONLY");
  const value = fc.constantFrom(
    "VALUE $value",
    `VALUE $value ?? ${first}`,
    "VALUE fn::shape($value)",
    `VALUE $before ?? ${first}`,
  );
  const assertion = fc.constantFrom(
    "ASSERT true",
    "ASSERT $value != 3",
    "ASSERT $value = NONE OR $value != 1",
    "ASSERT fn::ok($value)",
    "ASSERT $value = NONE OR $value != $limit",
  );
  const permissions = fc.constantFrom(
    "PERMISSIONS NONE",
    "PERMISSIONS FOR select FULL, FOR update NONE",
    "PERMISSIONS FOR select WHERE fn::ok(a)",
    "PERMISSIONS FOR select, update WHERE a = $limit",
  );
  const odd = fc.constantFrom(
    "DEFAULT ALWAYS 'misfit'",
    "DEFAULT ALWAYS NONE",
    "DEFAULT NONE",
    "VALUE { DELETE t2; $value }",
    "DEFAULT { DELETE t2; 1 }",
    "DEFAULT ALWAYS fn::helper()",
    "ASSERT { DELETE t2; true }",
    "COMMENT 'READONLY'",
  );
  const clause = [defaults, readonly, value, assertion, permissions];
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant("") },
    { weight: 6, arbitrary: fc.oneof(...clause) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(...clause.map((one) => fc.option(one, { nil: "" })))
        .map((clauses) => clauses.filter(Boolean).join(" ")),
    },
    { weight: 1, arbitrary: odd },
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
    arbitrary: fc.constantFrom(
      "",
      "COMPUTED 4",
      "COMPUTED a",
      "COMPUTED fn::shape(a)",
      "COMPUTED a TYPE int",
      "COMPUTED a + 1",
      "COMPUTED { DELETE t2; 1 }",
      "TYPE object FLEXIBLE",
      "READONLY",
    ),
  },
);

/** What an event or a function does. */
export const action: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("RETURN 1", "LET $x = 1", "CREATE log", "THROW 'no'"),
  tableName.map((table) => `DELETE ${table}`),
  tableName.map((table) => `UPDATE ${table} SET a = 7`),
  fc.constantFrom("fn::helper()", "fn::outer()", "IF fn::ok(1) { DELETE t1 }"),
);

/** What a function of a value does. */
export const computation: fc.Arbitrary<string> = fc.constantFrom(
  "true",
  "$v",
  "RETURN $v != 1",
  "RETURN fn::shape($v)",
  "RETURN $v = NONE OR $v != $limit",
  "DELETE t2; true",
  "CREATE log; true",
  "THROW 'no'",
);
