import fc from "fast-check";
import { fieldName, tableName } from "./names.ts";
import { fieldClauses, tableClauses } from "./random-clauses.ts";

/** Statements that belong together: what one of them makes or takes away, a later one removes or brings back. */
export const randomSequence: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc
    .tuple(tableName, fieldName, fieldClauses)
    .map(([table, field, clauses]) => [
      `REMOVE FIELD ${field} ON ${table}`,
      `DEFINE FIELD ${field} ON ${table} ${clauses}`.trimEnd(),
    ]),
  fc
    .tuple(tableName, fieldName)
    .map(([table, field]) => [
      `UPDATE ${table} UNSET ${field}`,
      `REMOVE FIELD ${field} ON ${table}`,
    ]),
  fc
    .tuple(tableName, fieldClauses)
    .map(([table, clauses]) => [
      `DEFINE FIELD z ON ${table} ${clauses}`.trimEnd(),
      `REMOVE FIELD z ON ${table}`,
    ]),
  fc
    .tuple(tableName, tableClauses)
    .map(([table, clauses]) => [
      `REMOVE TABLE ${table}`,
      `DEFINE TABLE ${table} ${clauses}`.trimEnd(),
    ]),
  fc
    .tuple(fc.constantFrom("t9", "t3"), fieldClauses)
    .map(([table, clauses]) => [
      `DEFINE TABLE ${table}`,
      `DEFINE FIELD a ON ${table} ${clauses}`.trimEnd(),
      `CREATE ${table}:1 SET a = 1`,
      `DELETE ${table}`,
      `REMOVE TABLE ${table}`,
    ]),
  fc
    .tuple(tableName, fieldName)
    .map(([table, field]) => [
      `REMOVE INDEX i1 ON ${table}`,
      `DEFINE INDEX i1 ON ${table} FIELDS ${field}`,
    ]),
  tableName.map((table) => [
    `DEFINE EVENT e9 ON ${table} THEN { DELETE t2 }`,
    `REMOVE EVENT e9 ON ${table}`,
  ]),
  tableName.map((table) => [`ALTER TABLE ${table} SCHEMAFULL`, `ALTER TABLE ${table} SCHEMALESS`]),
  tableName.map((table) => [`ALTER TABLE ${table} SCHEMALESS`, `ALTER TABLE ${table} SCHEMAFULL`]),
  fc.constantFrom(
    ["REMOVE FUNCTION fn::ok", "DEFINE FUNCTION fn::ok($v: any) { false }"],
    ["REMOVE PARAM $limit", "DEFINE PARAM $limit VALUE 1"],
    ["DEFINE PARAM $fresh VALUE 1", "REMOVE PARAM $fresh"],
    ["DEFINE FUNCTION fn::helper() { DELETE t1 }", "fn::outer()"],
    ["DEFINE FUNCTION OVERWRITE fn::helper() { UPDATE t2 SET a = 8 }", "CREATE t1"],
  ),
);
