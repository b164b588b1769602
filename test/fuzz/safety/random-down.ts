import fc from "fast-check";
import { anyTableName, fieldName, fieldPath, relationName, tableName } from "./names.ts";
import { fieldTypes } from "./field-types.ts";
import { fieldClauses } from "./random-clauses.ts";
import { randomDefinition, relationDefinition } from "./random-definition.ts";
import type { Mode } from "./random-definition.ts";
import { spell } from "./spell.ts";
import { wrap } from "./wrap.ts";

const mode = fc.constantFrom<Mode>("", "", "OVERWRITE", "OVERWRITE", "IF NOT EXISTS");
const ifExists = fc.constantFrom("", "IF EXISTS ");
const type = fc.constantFrom(...fieldTypes.map((one) => one.type));
const value = fc.constantFrom(...fieldTypes.flatMap(({ values }) => values));
const record = fc
  .tuple(anyTableName, fc.constantFrom("1", "2", "9"))
  .map(([table, id]) => `${table}:${id}`);
const target = fc.oneof(anyTableName, record);

const removal = fc.oneof(
  fc.tuple(ifExists, anyTableName).map(([exists, table]) => `REMOVE TABLE ${exists}${table}`),
  fc
    .tuple(ifExists, fieldPath, fc.constantFrom("ON", "ON TABLE"), anyTableName)
    .map(([exists, field, on, table]) => `REMOVE FIELD ${exists}${field} ${on} ${table}`),
  fc
    .tuple(ifExists, fc.constantFrom("INDEX i1", "INDEX i2", "EVENT e1", "EVENT e2"), tableName)
    .map(([exists, object, table]) =>
      `REMOVE ${object} ON ${table}`.replace(/ (?=[ie]\d)/, ` ${exists}`),
    ),
  fc
    .tuple(
      ifExists,
      fc.constantFrom(
        "FUNCTION fn::helper",
        "PARAM $limit",
        "ANALYZER helper",
        "SEQUENCE helper",
        "FUNCTION fn::outer",
      ),
    )
    .map(([exists, object]) => `REMOVE ${object.replace(" ", ` ${exists}`)}`),
);

const alteration = fc.oneof(
  fc
    .tuple(
      tableName,
      fc.constantFrom("SCHEMAFULL", "SCHEMALESS", "PERMISSIONS FULL", "DROP", "COMMENT 'x'"),
    )
    .map(([table, clause]) => `ALTER TABLE ${table} ${clause}`),
  fc
    .tuple(
      fieldPath,
      anyTableName,
      fc.oneof(
        type.map((one) => `TYPE ${one}`),
        fieldClauses.map((clauses) => clauses.replace(/^TYPE (\S+( \| )?)+/, "")),
        fc.constantFrom("DROP DEFAULT", "DROP ASSERT", "DROP TYPE", "DROP READONLY", "DROP VALUE"),
      ),
    )
    .map(([field, table, clause]) => `ALTER FIELD ${field} ON ${table} ${clause}`.trimEnd()),
);

const write = fc.oneof(
  target.map((what) => `DELETE ${what}`),
  target.map((what) => `DELETE FROM ONLY ${what} RETURN BEFORE`),
  fc
    .tuple(target, fieldName, value)
    .map(([what, field, to]) => `UPDATE ${what} SET ${field} = ${to}`),
  fc.tuple(target, fieldName).map(([what, field]) => `UPDATE ${what} UNSET ${field}`),
  fc.tuple(target, value).map(([what, to]) => `UPSERT ${what} SET a = ${to}`),
  fc.tuple(target, value).map(([what, to]) => `CREATE ${what} SET a = ${to}`),
  target.map((what) => `CREATE ${what}`),
  fc.tuple(tableName, value).map(([table, to]) => `INSERT INTO ${table} { id: 1, a: ${to} }`),
  fc
    .tuple(tableName, value)
    .map(([table, to]) => `INSERT INTO ${table} { id: 1, a: 1 } ON DUPLICATE KEY UPDATE a = ${to}`),
  tableName.map((table) => `INSERT IGNORE INTO ${table} { id: 1, a: 1 }`),
  relationName.map((name) => `RELATE t1:1->${name}->t2:1`),
  relationName.map((name) => `RELATE t1:1->${name}:1->t2:1 SET a = 5`),
  tableName.map((table) => `SELECT * FROM ${table}`),
  fc.constantFrom("fn::helper()", "fn::outer()", "REBUILD INDEX i1 ON t1"),
);

const statement = fc.oneof(
  { weight: 2, arbitrary: removal },
  { weight: 5, arbitrary: randomDefinition(mode) },
  { weight: 1, arbitrary: relationDefinition(mode) },
  { weight: 2, arbitrary: alteration },
  { weight: 3, arbitrary: write },
);

/** A down script of one to three statements, in any spelling, some of them inside of other statements. */
export const randomDown: fc.Arbitrary<string> = fc
  .array(statement.chain(wrap).chain(spell), { minLength: 1, maxLength: 3 })
  .map((statements) => statements.join(";\n"));

/** The scripts of one to three migrations. */
export const randomDowns: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 3, arbitrary: randomDown.map((only) => [only]) },
  { weight: 1, arbitrary: fc.array(randomDown, { minLength: 2, maxLength: 3 }) },
);
