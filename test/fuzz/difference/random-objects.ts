import fc from "fast-check";
import { comment, joinClauses, maybe } from "./join-clauses.ts";

/** Objects of one name, or a few, that belong to no table. */
interface ObjectKind {
  readonly names: readonly string[];
  /** What can stand behind the name. */
  readonly clauses: fc.Arbitrary<string>;
}

const rights = maybe("PERMISSIONS NONE", "PERMISSIONS WHERE $auth.admin");

const functions: ObjectKind = {
  names: ["FUNCTION fn::one", "FUNCTION fn::deep::er"],
  clauses: joinClauses(
    fc.constantFrom(
      "() { RETURN 1 }",
      "($name: option<string>) { RETURN 'Hello; ' + ($name ?? \"it's you\") }",
      "($a: int, $b: array<int>) -> int { LET $x = $a; FOR $i IN 0..3 { CREATE log }; $x }",
      "() { IF fn::deep::er(1) { 'many' } ELSE { fn::one() } }",
    ),
    rights,
    comment,
  ),
};
const params: ObjectKind = {
  names: ["PARAM $limit", "PARAM $settings"],
  clauses: joinClauses(
    fc.constantFrom(
      "VALUE 10",
      "VALUE { theme: 'dark', `a b`: [1, NONE] }",
      "VALUE 90m",
      "VALUE '[REDACTED]; x'",
    ),
    rights,
    comment,
  ),
};
const analyzers: ObjectKind = {
  names: ["ANALYZER simple", "ANALYZER stems"],
  clauses: joinClauses(
    maybe("FUNCTION fn::prepare"),
    fc.constantFrom("TOKENIZERS blank, class", "TOKENIZERS camel"),
    maybe("FILTERS lowercase", "FILTERS snowball(english), edgengram(2, 10)"),
    comment,
  ),
};
const sequences: ObjectKind = {
  names: ["SEQUENCE orders", "SEQUENCE `in voices`"],
  clauses: joinClauses(
    maybe("BATCH 5", "BATCH 7"),
    maybe("START 100"),
    maybe("TIMEOUT 5s", "TIMEOUT 90s"),
  ),
};
const accesses: ObjectKind = {
  names: ["ACCESS account ON DATABASE", "ACCESS `to ken` ON DATABASE"],
  clauses: joinClauses(
    fc.constantFrom(
      "TYPE JWT ALGORITHM HS512 KEY 'open-sesame'",
      "TYPE JWT URL 'https://example.com/jwks.json'",
      "TYPE BEARER FOR USER",
      "TYPE BEARER FOR RECORD",
      "TYPE RECORD SIGNUP (CREATE user SET name = $name) SIGNIN (SELECT * FROM user WHERE name = $name)",
      "TYPE RECORD WITH JWT ALGORITHM HS256 KEY 'sesame' WITH ISSUER KEY 'street'",
      "TYPE RECORD WITH REFRESH",
    ),
    maybe("AUTHENTICATE { IF !$auth.enabled { THROW 'disabled' } }"),
    maybe("DURATION FOR TOKEN 15m, FOR SESSION 12h", "DURATION FOR GRANT 30d"),
    comment,
  ),
};
const users: ObjectKind = {
  names: ["USER ada ON DATABASE", "USER `c o` ON DATABASE"],
  clauses: joinClauses(
    // Hashing a password takes longer than all the rest.
    fc.constantFrom("PASSHASH 'tiger'", "PASSHASH 'lion'"),
    maybe("ROLES OWNER", "ROLES EDITOR, VIEWER"),
    maybe("DURATION FOR TOKEN 1h, FOR SESSION 1d"),
    comment,
  ),
};
const apis: ObjectKind = {
  names: ["API '/status'", "API '/users/:id'"],
  clauses: joinClauses(
    fc.constantFrom(
      "FOR get THEN { { status: 200 } }",
      "FOR get, post PERMISSIONS NONE THEN { { body: $request.params } }",
      "FOR get THEN { { status: 200 } } FOR any THEN { { status: 405 } }",
    ),
    comment,
  ),
};
const graphql: ObjectKind = {
  names: ["CONFIG GRAPHQL"],
  clauses: joinClauses(
    fc.constantFrom("TABLES AUTO", "TABLES NONE", "TABLES INCLUDE user, post"),
    fc.constantFrom("FUNCTIONS AUTO", "FUNCTIONS NONE"),
  ),
};
const api: ObjectKind = {
  names: ["CONFIG API"],
  clauses: fc.constantFrom("PERMISSIONS FULL", "PERMISSIONS NONE"),
};

/** Every kind that an embedded engine can define. */
export const objectKinds: readonly ObjectKind[] = [
  functions,
  params,
  analyzers,
  sequences,
  accesses,
  users,
  apis,
  graphql,
  api,
];
