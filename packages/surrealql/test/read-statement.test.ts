import { expect, test } from "vitest";
import { brief, read } from "./brief.ts";
import { corpus } from "./corpus.ts";

test("understands every statement of the corpus", () => {
  for (const text of corpus) {
    expect(read(text).filter(({ effect }) => effect === "unknown")).toEqual([]);
    expect(read(text).length).toBeGreaterThan(0);
  }
});

test("gives a definition with its mode and clauses", () => {
  const text =
    "define field if not exists `e-mail` on table ⟨my user⟩ flexi type option<string> default ALWAYS 'x'";
  expect(read(text)).toEqual([
    {
      effect: "define",
      object: { kind: "field", table: "my user", name: "`e-mail`" },
      mode: "if-not-exists",
      clauses: { FLEXIBLE: "", TYPE: "option<string>", DEFAULT: "ALWAYS 'x'" },
    },
  ]);
});

test.each([
  [
    "DEFINE FIELD comment ON type TYPE string COMMENT 'TYPE int'",
    { TYPE: "string", COMMENT: "'TYPE int'" },
  ],
  [
    "DEFINE FIELD a ON t VALUE value + type ASSERT $value > default",
    { VALUE: "value + type", ASSERT: "$value > default" },
  ],
  [
    "DEFINE FIELD a ON t TYPE record<comment | value> READONLY",
    { TYPE: "record<comment | value>", READONLY: "" },
  ],
  [
    "DEFINE FIELD a ON t VALUE (SELECT VALUE type FROM t) TYPE any",
    { VALUE: "(SELECT VALUE type FROM t)", TYPE: "any" },
  ],
  [
    "DEFINE TABLE t TYPE RELATION IN drop OUT comment DROP",
    { TYPE: "RELATION IN drop OUT comment", DROP: "" },
  ],
  [
    "DEFINE TABLE t AS SELECT type AS comment, count() AS drop FROM u GROUP BY type DROP",
    { AS: "SELECT type AS comment, count() AS drop FROM u GROUP BY type", DROP: "" },
  ],
  [
    "DEFINE TABLE t PERMISSIONS FOR select WHERE type = 1 FOR create, delete NONE DROP",
    { PERMISSIONS: "FOR select WHERE type = 1 FOR create, delete NONE", DROP: "" },
  ],
  [
    "DEFINE EVENT e ON t THEN IF a THEN CREATE b ELSE DELETE c END COMMENT 'x'",
    { THEN: "IF a THEN CREATE b ELSE DELETE c END", COMMENT: "'x'" },
  ],
  [
    "DEFINE INDEX i ON t COLUMNS type, value SEARCH ANALYZER comment BM25(1,2) DOC_IDS_ORDER 5 HIGHLIGHTS",
    { FIELDS: "type, value", SEARCH: "ANALYZER comment BM25(1,2) DOC_IDS_ORDER 5 HIGHLIGHTS" },
  ],
  [
    "DEFINE INDEX i ON t FIELDS v MTREE DIMENSION 3 DIST MINKOWSKI 3 TYPE I64 CAPACITY 4 CONCURRENTLY",
    { FIELDS: "v", MTREE: "DIMENSION 3 DIST MINKOWSKI 3 TYPE I64 CAPACITY 4", CONCURRENTLY: "" },
  ],
])("splits the clauses of %s", (text, clauses) => {
  expect(read(text)).toEqual([expect.objectContaining({ effect: "define", clauses })]);
});

test.each([
  // However it is spelled.
  ["remove table user", "remove table user"],
  ["REMOVE/**/TABLE--x\nIF EXISTS `us\\`er`", "remove table us`er"],
  ["REMOVE TB user", "remove table user"],
  ["REMOVE TABLE AND EXPUNGE IF EXISTS user", "remove table user"],
  ["REMOVE TABLE 'user'", "remove table user"],
  ["REMOVE FIELD a[*].b ON TABLE t", "remove field t.a.*.b"],
  ["REMOVE FIELD `a-b`.⟨c⟩.* ON t", "remove field t.`a-b`.c.*"],
  ["REMOVE FUNCTION fn::a::b()", "remove function fn::a::b"],
  ["REMOVE USER ada ON ROOT", "remove user ada root"],
  ["DEFINE ACCESS a ON NS TYPE JWT URL 'x'", "define access a namespace"],
  ["DEFINE CONFIG GRAPHQL AUTO", "define config GraphQL"],
  ["DEFINE MODULE mod::m AS f'b:/m.wasm'", "define module mod::m"],
  ["REMOVE MODEL ml::m<1.2.3>", "remove model ml::m<1.2.3>"],
  ["ALTER FIELD a ON t DROP DEFAULT", "alter field t.a"],
  ["REBUILD INDEX IF EXISTS i ON TABLE t", "rebuild index t.i"],
  // Wherever it stands.
  [
    "BEGIN; REMOVE TABLE a; DELETE b; COMMIT;",
    "control BEGIN, remove table a, delete b, control COMMIT",
  ],
  ["(REMOVE TABLE a)", "remove table a"],
  ["LET $x = (DELETE a RETURN BEFORE)", "delete a"],
  ["[(DELETE a), (CREATE b)]", "delete a, create b"],
  [
    "IF $x { REMOVE TABLE a } ELSE IF (DELETE b) { } ELSE { CREATE c }",
    "remove table a?, delete b?, create c?",
  ],
  ["IF (DELETE b) THEN REMOVE TABLE a; ELSE DELETE c; END", "delete b, remove table a?, delete c?"],
  ["FOR $t IN (DELETE a) { { REMOVE TABLE b } }", "delete a, remove table b?"],
  ["LET $f = |$x: int| -> any { DELETE a }", "delete a?"],
  ["$list.map(|$x| DELETE a)", "delete a?"],
  ["true OR (DELETE a)", "delete a?"],
  ["{ a: (DELETE a), b: [{ c: (CREATE b) }] }", "delete a, create b"],
  ["SELECT (DELETE a) AS x, b FROM (DELETE c) WHERE (CREATE d)", "delete a?, delete c, create d?"],
  ["UPDATE a SET x = (DELETE b) RETURN (CREATE c)", "update a, delete b?, create c?"],
  ["THROW (DELETE a)", "delete a"],
  ["DEFINE PARAM $p VALUE (CREATE a)", "create a, define param p"],
  ["DEFINE TABLE t COMMENT (CREATE a)", "create a, define table t"],
  ["a[WHERE (DELETE b)].c.{ d, e: f.(x) }", "delete b"],
  ["->(likes WHERE (DELETE b))->post", "delete b"],
  ["RETURN function() { surrealdb.query('REMOVE TABLE a') }", "control RETURN, call function"],
  ["f'b:/k'.put('x')", "call file::put"],
  ["HTTP::get('https://example.com')", "call http::get"],
  ["mail::send('x')", "call mail::send"],
  ["string::len(fn::a(count(fn::b())))", "call fn::a, call fn::b"],
  // A RETURN ends the transaction's text wherever nothing smaller contains it.
  ["IF $x { RETURN 1 }", "control RETURN?, read"],
  ["LET $x = (RETURN 1)", "control RETURN, read"],
  ["UPDATE a SET x = (RETURN 1)", "update a"],
  ["LET $f = || { RETURN 1 }", "read"],
  // What only looks like one.
  ["-- REMOVE TABLE a\nRETURN 'REMOVE TABLE a; DELETE b'", "control RETURN, read"],
  ["SELECT a.delete, { remove: 1, delete: $delete } FROM user:delete", "read"],
  ["SELECT * FROM t WHERE a = /DELETE b;/ AND `remove` = 1", "read"],
  ["DEFINE FUNCTION fn::a() { REMOVE TABLE b }", "define function fn::a"],
  ["DEFINE EVENT e ON t THEN { DELETE b }", "define event t.e"],
  ["DEFINE FIELD a ON t DEFAULT (DELETE b) VALUE { fn::c() }", "define field t.a"],
  ["EXPLAIN DELETE a", "delete a?"],
  // Tables that a reader can tell.
  ["UPDATE type::table('a'), type::record('b', $id), type::thing('c', 1)", "update a+b+c"],
  ["DELETE r'a:1', type::record('b:1')", "delete a+b"],
  ["DELETE a:1..5, b:.., c:1..=5, d:1>..5, e:[1]..[2], f:ulid(), g:-1", "delete a+b+c+d+e+f+g"],
  ["DELETE a:1.. RETURN NONE", "delete a"],
  ["INSERT INTO type::table('a') {}", "insert a"],
  // And others that only look so.
  ["DELETE a:1 && b:1", "delete something"],
  ["DELETE a:1['b'], type::table('a').b, |a:1| ?: b", "delete something"],
  ["DELETE type::record('a:1', 'b')", "delete something"],
  ["DELETE type::table('a' + $b)", "delete something"],
  // What cannot be known.
  ["UPDATE $target SET a = 1", "update something"],
  ["DELETE user:1->likes", "delete something"],
  ["CREATE a, type::table($b)", "create something"],
  ["INSERT INTO type::table($a) {}", "insert something"],
  ["RELATE $a->(type::table('e'))->$b", "relate something"],
  ["REMOVE TABLE $t", "unknown $t"],
  ["REMOVE TABLE 'us' + 'er'", "unknown +"],
  ["DEFINE FIELD type::field($f) ON t", "unknown ::"],
  ["DEFINE GADGET g", "unknown GADGET"],
  ["DEFINE TABLE t SHINY DROP", "define table t, unknown SHINY"],
  ["FROBNICATE TABLE user", "unknown TABLE"],
  ["SELECT * FROM a FROBNICATE b", "unknown FROBNICATE"],
  ["{ FROBNICATE a }", "unknown a"],
  ["RETURN 'a", "control RETURN, unknown 'a"],
  ["RETURN (1", "control RETURN, unknown ("],
  ["RETURN 1) }", "control RETURN, unknown )"],
  ["DELETE a é", "delete a, unknown é"],
])("reads %s", (text, expected) => {
  expect(brief(text)).toBe(expected);
});

test("finds nothing in an empty text", () => {
  for (const text of ["", " ;\n; ", " -- REMOVE TABLE user\n /* DELETE user */ ;"]) {
    expect(read(text)).toEqual([]);
  }
});
