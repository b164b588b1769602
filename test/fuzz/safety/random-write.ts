import fc from "fast-check";
import { fieldTypes } from "./field-types.ts";
import { anyTableName, fieldName, relationName, tableName } from "./names.ts";

const value = fc.constantFrom(...fieldTypes.flatMap(({ values }) => values));
const record = fc
  .tuple(anyTableName, fc.constantFrom("1", "2", "9"))
  .map(([table, id]) => `${table}:${id}`);
const target = fc.oneof(anyTableName, record);
const condition = fc
  .tuple(
    fieldName,
    fc.constantFrom("= 1", "!= 1", "= 'x'", "IS NONE", "IS NOT NONE", "= $limit", "IN [1, 2]"),
  )
  .map(([field, test]) => `${field} ${test}`);

/** Writes to records that a statement names, chooses or finds. */
export const randomWrite: fc.Arbitrary<string> = fc.oneof(
  target.map((what) => `DELETE ${what}`),
  target.map((what) => `DELETE FROM ONLY ${what} RETURN BEFORE`),
  fc.tuple(target, condition).map(([what, where]) => `DELETE ${what} WHERE ${where}`),
  tableName.map((table) => `DELETE ${table}:1..`),
  fc.tuple(record, anyTableName).map(([one, other]) => `DELETE ${one}, ${other}`),
  fc
    .tuple(tableName, condition)
    .map(([table, where]) => `DELETE (SELECT VALUE id FROM ${table} WHERE ${where})`),
  relationName.map((name) => `DELETE t1:1->${name}`),
  tableName.map((table) => `FOR $r IN (SELECT VALUE id FROM ${table}) { DELETE $r }`),
  fc.constantFrom(
    "DELETE type::record('t1', 1)",
    "FOR $t IN ['t1', 't2'] { DELETE type::table($t) }",
    "LET $r = t2:1; DELETE $r",
  ),
  fc
    .tuple(target, fieldName, value)
    .map(([what, field, to]) => `UPDATE ${what} SET ${field} = ${to}`),
  fc
    .tuple(target, value, condition)
    .map(([what, to, where]) => `UPDATE ${what} MERGE { b: ${to} } WHERE ${where}`),
  fc.tuple(target, value).map(([what, to]) => `UPDATE ${what} CONTENT { a: ${to} }`),
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
  relationName.map((name) => `INSERT RELATION INTO ${name} { id: 1, in: t1:1, out: t2:2 }`),
  tableName.map((table) => `SELECT * FROM ${table}`),
  fc.constantFrom("fn::helper()", "fn::outer()", "fn::ok(1)", "REBUILD INDEX i1 ON t1"),
);
