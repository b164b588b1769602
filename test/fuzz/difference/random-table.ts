import fc from "fast-check";
import { comment, joinClauses, maybe } from "./join-clauses.ts";
import { tableName } from "./names.ts";

const permissions = maybe(
  "PERMISSIONS FULL",
  "PERMISSIONS FOR select WHERE owner = $auth.id FOR create, update FULL FOR delete NONE",
);
const schema = maybe("SCHEMAFULL", "SCHEMALESS");
/** Rare: 3.0.2 prints something to the terminal for each. */
const changefeed = fc.oneof(
  { weight: 39, arbitrary: fc.constant("") },
  { weight: 1, arbitrary: fc.constantFrom("CHANGEFEED 1d", "CHANGEFEED 90m INCLUDE ORIGINAL") },
);

const plain = joinClauses(maybe("TYPE NORMAL", "TYPE ANY"), maybe("DROP"), schema, changefeed);
const relation = joinClauses(
  fc.constantFrom(
    "TYPE RELATION",
    "TYPE RELATION IN user OUT post",
    "TYPE RELATION FROM user|post TO `my table`",
    "TYPE RELATION OUT user",
  ),
  maybe("ENFORCED"),
  schema,
);
const one = tableName;
const query = fc.oneof(
  one.map((from) => `SELECT id, name FROM ${from}`),
  one.map((from) => `SELECT * FROM ${from} WHERE age > 1`),
  one.map((from) => `SELECT id, name AS label, 'FROM x' AS text FROM ${from} WHERE name != 'AS'`),
  one.map((from) => `SELECT name, count() AS total FROM ${from} GROUP BY name`),
  one.map((from) => `SELECT count(age > 1) AS many, age FROM ${from} GROUP BY age`),
  one.map((from) => `SELECT count() FROM ${from} GROUP ALL`),
  // Over records, 3.0.2 computes none that reads a table twice.
  fc
    .uniqueArray(one, { minLength: 2, maxLength: 2 })
    .map((from) => `SELECT id, name FROM ${from.join(", ")}`),
);
const view = joinClauses(
  schema,
  query.map((text) => `AS ${text}`),
);

/** What can stand behind `DEFINE TABLE t`. */
export const tableClauses: fc.Arbitrary<string> = joinClauses(
  fc.oneof(
    { weight: 4, arbitrary: plain },
    { weight: 2, arbitrary: relation },
    { weight: 4, arbitrary: view },
  ),
  permissions,
  comment,
);
